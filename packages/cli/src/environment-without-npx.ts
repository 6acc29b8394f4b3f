import { delimiter } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

const ADDED = /^(npm_(lifecycle|package)_.*|npm_(command|execpath|node_execpath)|npm_config_local_prefix|INIT_CWD)$/;
const ADDED_FOLDER = /\/(node_modules\/\.bin|node-gyp-bin)$/;

/**
 * The environment as it was before `npx konui` (npm 11, @npmcli/run-script): npm names the folder that it was called in
 * as the place to install to, and puts `node_modules/.bin` of that folder and of all above it first on the PATH. An
 * agent that works elsewhere would install there, and run those programs.
 */
export function environmentWithoutNpx(env: Environment): Environment {
  if (env['npm_lifecycle_event'] === undefined) return env;
  const folders = (env['PATH'] ?? '').split(delimiter);
  const first = folders.findIndex((folder) => !ADDED_FOLDER.test(folder));
  const kept = Object.entries(env).filter(([name]) => !ADDED.test(name));
  return { ...Object.fromEntries(kept), PATH: folders.slice(first === -1 ? folders.length : first).join(delimiter) };
}
