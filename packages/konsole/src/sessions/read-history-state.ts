import type { SessionId } from '@konui/protocol';
import type { HistoryState } from '../history-state.ts';
import type { LiveSessions } from './live-sessions.ts';
import type { SessionIndex } from './session-index.ts';
import type { AcquireSession } from './session-watches.ts';

interface ReadHistoryStateOptions {
  readonly live: LiveSessions;
  readonly index: SessionIndex;
  readonly acquire: AcquireSession;
}

/** What a reader of a log's end needs to know of the rest of it: from the index where it knows, so that nothing is folded. */
export async function readHistoryState(
  { live, index, acquire }: ReadHistoryStateOptions,
  sessionId: SessionId,
): Promise<HistoryState> {
  const indexed = live.rowOf(sessionId) === undefined ? index.historyOf(sessionId) : undefined;
  if (indexed !== undefined) return indexed;
  using lease = await acquire(sessionId);
  await lease.entry.session.refresh();
  return lease.entry.session.toHistoryState();
}
