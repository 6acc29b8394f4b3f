import { accessSync, constants, existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { homePaths } from '@konui/protocol';
import type { HomePaths } from '@konui/protocol';
import { EXIT_CODES, ExitError } from './exit-error.ts';
import { hasCode } from './processes/process-identity.ts';

/** The paths of a home; a link to it is followed, so that every command means the same home by the same words. */
export function locateHome(home: string): HomePaths {
  const uid = process.getuid?.() ?? 0;
  try {
    return homePaths(realpathSync(home), { uid });
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return homePaths(home, { uid });
    throw error;
  }
}

/** Creates the home and the folders that the launcher writes to (mode 0700); throws an ExitError of one line. */
export function createHome(home: string, warn: (message: string) => void): HomePaths {
  try {
    createFolder(home);
    const paths = locateHome(home);
    createFolder(paths.logs);
    createFolder(`${paths.home}/run`);
    for (const folder of [paths.home, paths.logs, `${paths.home}/run`])
      accessSync(folder, constants.W_OK | constants.X_OK);
    if ((statSync(paths.home).mode & 0o077) !== 0) {
      warn(`others on this machine can look into ${home}; to change that: chmod 700 ${home}`);
    }
    return paths;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^E\w+: |, .*$/g, '') : String(error);
    throw new ExitError(
      `the home ${home} cannot be written to (${reason}); choose another one with --home`,
      EXIT_CODES.cannotCreate,
      {
        cause: error,
      },
    );
  }
}

/** Not mkdir's `recursive`, which never returns where a folder refuses new ones with ENOENT, as /proc does (Node 24). */
function createFolder(folder: string): void {
  if (existsSync(folder) && statSync(folder).isDirectory()) return;
  if (dirname(folder) !== folder && !existsSync(dirname(folder))) createFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** Parses a JSON file with a zod schema; undefined if it is not there or half written. */
export function readRecord<T>(
  file: string,
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
): T | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR') || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
