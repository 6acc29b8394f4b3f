import { setTimeout as delay } from 'node:timers/promises';
import { acquireLock, type Lock, StorageError } from '@konui/log';
import { Command, type HomePaths, sessionPaths } from '@konui/protocol';
import { deriveId } from '../derived-id.ts';
import type { IndexedSession } from '../session-summary.ts';
import type { LiveEntry } from './live-entry.ts';
import type { LiveSessions } from './live-sessions.ts';
import type { SessionIndex } from './session-index.ts';
import { moveToTrash } from './trash.ts';

const LOOK_MS = 50;
/** A stop takes 10 s at most (SPEC CMD6); what takes longer is ended with less ceremony. */
const STOP_MS = 15_000;
/** A log that no runner can close (of a newer format, damaged) must not keep its session for ever. */
const GIVE_UP_MS = 90_000;

export interface FinishDeletionOptions {
  readonly paths: HomePaths;
  readonly index: SessionIndex;
  readonly live: LiveSessions;
  readonly onWarning: (message: string, fields?: object) => void;
  readonly signal: AbortSignal;
}

/** Stops what a deleted session runs, ends its runner, and moves its folder to the trash. Rejects when aborted or when the disk refuses. */
export async function finishDeletion(indexed: IndexedSession, options: FinishDeletionOptions): Promise<void> {
  const { paths, index, live } = options;
  const { record } = indexed;
  using lease = await live.acquire(record.sessionId, indexed);
  const lock = await settle(lease.entry, sessionPaths(paths, record.sessionId).lock, options);
  try {
    moveToTrash(paths, record);
    live.end(record.sessionId);
    index.remove(record.sessionId);
  } finally {
    lock.release();
  }
}

/** Resolves with the session's lock when its run is complete, every command has its answer and no runner lives. */
async function settle(
  entry: LiveEntry,
  lockPath: string,
  { signal, onWarning }: Pick<FinishDeletionOptions, 'signal' | 'onWarning'>,
): Promise<Lock> {
  const { session, runner } = entry;
  const since = performance.now();
  let endingSince: number | undefined;
  await runner.adopt();
  for (;;) {
    signal.throwIfAborted();
    await session.refresh();
    const waitedMs = performance.now() - since;
    const isSettled = !session.isUnsettled;
    if (!isSettled) stopRun(entry, onWarning);
    if (runner.isConnected && (isSettled || waitedMs > STOP_MS || !runner.isResponding)) {
      const isStubborn = endingSince !== undefined && performance.now() - endingSince > STOP_MS;
      endingSince ??= performance.now();
      // A stopped process takes no notice of SIGTERM.
      runner.signal(isStubborn || !runner.isResponding ? 'SIGKILL' : 'SIGTERM');
    }
    const mayGo = isSettled || waitedMs > GIVE_UP_MS;
    if (mayGo && !runner.isConnected && (!runner.isBusy || waitedMs > GIVE_UP_MS)) {
      const lock = acquireLock(lockPath);
      if (lock !== undefined) return lock;
    }
    if (!isSettled && !runner.isBusy) runner.ring();
    await delay(LOOK_MS, undefined, { signal });
  }
}

/** Written to the inbox, so that the run stops also if this process dies now. Once for each run. */
function stopRun(entry: LiveEntry, onWarning: FinishDeletionOptions['onWarning']): void {
  const { run } = entry.session.state;
  if (run === undefined) return;
  const commandId = deriveId(run.runId, 'deleted');
  try {
    if (entry.hasCommand(commandId)) return;
    const [at, by] = [new Date().toISOString(), { type: 'system', reason: 'deleted' }];
    entry.writeCommand(Command.parse({ type: 'stop', commandId, runId: run.runId, at, by }));
    entry.runner.ring();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    // SIGTERM stops the run as well, only not if this process dies now.
    onWarning('the stop of a deleted session could not be stored', { err: error });
  }
}
