import { delimiter } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

const ADDED = /^(npm_(lifecycle|package)_.*|npm_(command|execpath|node_execpath)|npm_config_local_prefix|INIT_CWD)$/;
/** The last folder that npm puts on the PATH, before what stood there. */
const LAST_FOLDER = '/node-gyp-bin';

/**
 * The environment as it was before `npx konui` (npm 11, @npmcli/run-script): npm names the folder that it was called in
 * as the place to install to, and puts `node_modules/.bin` of that folder and of all above it first on the PATH. An
 * agent that works elsewhere would install there, and run those programs.
 */
export function environmentWithoutNpx(env: Environment): Environment {
  if (env['npm_lifecycle_event'] === undefined) return env;
  const folders = (env['PATH'] ?? '').split(delimiter);
  const last = folders.findLastIndex((folder) => folder.endsWith(LAST_FOLDER));
  const kept = Object.entries(env).filter(([name]) => !ADDED.test(name));
  return { ...Object.fromEntries(kept), PATH: folders.slice(last + 1).join(delimiter) };
}
