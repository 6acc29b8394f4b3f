import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  rmSync,
  statfsSync,
  unlinkSync,
} from 'node:fs';
import { acquireLock, type Lock } from '@konui/log';
import type { HomePaths } from '@konui/protocol';
import { EXIT_CODES, ExitError } from './exit-error.ts';

const PRIVATE = 0o700;

/** Creates the home's folders (mode 0700) and takes its lock. Throws an ExitError of one line: 73 for a home that cannot be written, 75 for a held one. */
export function prepareHome(paths: HomePaths): Lock {
  try {
    for (const folder of [paths.home, paths.sessions, paths.trash, paths.logs]) {
      mkdirSync(folder, { recursive: true, mode: PRIVATE });
    }
    refuseNetworkFileSystem(paths.home, statfsSync(paths.home).type);
    accessSync(paths.home, constants.R_OK | constants.W_OK | constants.X_OK);
    accessSync(paths.sessions, constants.R_OK | constants.W_OK | constants.X_OK);
    makePrivateFolder(paths.socketFolder);
    const lock = acquireLock(paths.lock);
    // What a konsole that died was receiving is of no use to anybody.
    if (lock !== undefined) rmSync(paths.uploads, { recursive: true, force: true });
    if (lock !== undefined) return lock;
  } catch (error) {
    if (error instanceof ExitError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExitError(`the home ${paths.home} cannot be used: ${reason}`, EXIT_CODES.cannotCreate, { cause: error });
  }
  throw new ExitError(`another konsole serves ${paths.home} already`, EXIT_CODES.heldByAnother);
}

/** `f_type` of statfs(2) on Linux: file systems whose locks and syncs are another machine's word. */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
]);

/** Two machines could hold the lock of one home there, and a synced line could be lost. `type` is statfs's. */
export function refuseNetworkFileSystem(home: string, type: number): void {
  // Types above 2^31 come back negative on some platforms.
  const name = NETWORK_FILE_SYSTEMS.get(type >>> 0);
  if (name === undefined) return;
  const detail = `the home ${home} lies on a network file system (${name}); choose a local folder with --home`;
  throw new ExitError(detail, EXIT_CODES.cannotCreate);
}

/** Removes the socket that a dead konsole left behind; the caller holds the lock, so that no living one is meant. */
export function removeStaleSocket(path: string): void {
  if (!existsSync(path)) return;
  if (!lstatSync(path).isSocket()) throw new ExitError(`${path} is no socket; move it away`, EXIT_CODES.cannotCreate);
  unlinkSync(path);
}

/** Whoever may write in this folder could put another program's socket in the place of ours; in /tmp anybody may have made it first. */
function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: PRIVATE });
  const found = lstatSync(folder);
  const uid = process.getuid?.() ?? found.uid;
  if (!found.isDirectory()) throw new ExitError(`${folder} is no folder; move it away`, EXIT_CODES.cannotCreate);
  if (found.uid !== uid) throw new ExitError(`${folder} belongs to another user`, EXIT_CODES.cannotCreate);
  if ((found.mode & 0o077) !== 0) chmodSync(folder, PRIVATE);
}
