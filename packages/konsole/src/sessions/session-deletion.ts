import { setTimeout as delay } from 'node:timers/promises';
import { writeFileAtomically } from '@konui/log';
import { type HomePaths, KonuiError, type SessionId, sessionPaths } from '@konui/protocol';
import { finishDeletion } from './finish-deletion.ts';
import type { HostFeed } from './host-feed.ts';
import type { LiveSessions } from './live-sessions.ts';
import type { SessionIndex } from './session-index.ts';
import { isInTrash } from './trash.ts';

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;

export interface SessionDeletionOptions {
  readonly paths: HomePaths;
  readonly index: SessionIndex;
  readonly live: LiveSessions;
  readonly feed: HostFeed;
  readonly onWarning: (message: string, fields?: object) => void;
}

/** Deletes sessions (SPEC HOST9). The wish is `deleted` in session.json, so that another konsole finishes what this one began. */
export class SessionDeletion {
  readonly #options: SessionDeletionOptions;
  readonly #closed = new AbortController();
  readonly #finishing = new Set<SessionId>();

  constructor(options: SessionDeletionOptions) {
    this.#options = options;
  }

  /** On return the wish is on the disk; the rest goes on by itself. Throws SESSION_NOT_FOUND, or what the disk says. */
  delete(sessionId: SessionId): void {
    const { paths, index, live, feed } = this.#options;
    const found = index.get(sessionId);
    if (found === undefined) {
      if (isInTrash(paths, sessionId)) return;
      throw new KonuiError('SESSION_NOT_FOUND', `there is no session ${sessionId}`);
    }
    if (!found.record.deleted) {
      const record = { ...found.record, deleted: true };
      writeFileAtomically(sessionPaths(paths, sessionId).session, `${JSON.stringify(record)}\n`);
      index.putRecord(record);
      live.setRecord(record);
      feed.publish({ type: 'session_removed', sessionId });
    }
    this.#finishSoon(sessionId);
  }

  /** Goes on with what an earlier konsole began. */
  finishAll(): void {
    for (const { record } of this.#options.index.listDeleted()) this.#finishSoon(record.sessionId);
  }

  close(): void {
    this.#closed.abort();
  }

  #finishSoon(sessionId: SessionId): void {
    if (this.#finishing.has(sessionId)) return;
    this.#finishing.add(sessionId);
    this.#finish(sessionId).then(
      () => this.#finishing.delete(sessionId),
      (error: unknown) => {
        this.#finishing.delete(sessionId);
        if (!this.#closed.signal.aborted) throw error;
      },
    );
  }

  async #finish(sessionId: SessionId): Promise<void> {
    const { index, onWarning } = this.#options;
    const { signal } = this.#closed;
    for (let retryMs = FIRST_RETRY_MS; ; retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)) {
      const found = index.get(sessionId);
      if (found === undefined) return;
      try {
        await finishDeletion(found, { ...this.#options, signal });
        return;
      } catch (error) {
        signal.throwIfAborted();
        onWarning('a deleted session could not be moved to the trash yet', { sessionId, err: error });
      }
      await delay(retryMs, undefined, { signal });
    }
  }
}
