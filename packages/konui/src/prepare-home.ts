import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { type HomePaths, homePaths } from '@konui/protocol';
import { EXIT_CODES, StartupError } from './startup-error.ts';

/** Creates the home and the folders that the gateway writes to (mode 0700); throws a StartupError if that fails. */
export function prepareHome(home: string): HomePaths {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const paths = homePaths(realpathSync(home), { uid: process.getuid?.() ?? 0 });
    const folders = [paths.home, dirname(paths.gatewayFile)];
    for (const folder of folders) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      accessSync(folder, constants.W_OK | constants.X_OK);
    }
    return paths;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^E\w+: |, .*$/g, '') : String(error);
    throw new StartupError(
      `the home ${home} cannot be written to (${reason}); choose another one with --home`,
      EXIT_CODES.cannotCreate,
      {
        cause: error,
      },
    );
  }
}
