import { createSessionState, type SessionState } from './state.ts';

/**
 * What a session's log says of its runs, queue and requests at one place: what a reader of its end alone cannot fold.
 * In JSON a field without a value is absent.
 */
export type SessionSnapshot = Readonly<
  Omit<SessionState, 'lastSeq' | 'updatedAt' | 'epochs' | 'openToolCalls' | 'answered'>
>;

export function toSessionSnapshot(state: Readonly<SessionState>): SessionSnapshot {
  const { lastSeq: _seq, updatedAt: _at, epochs: _epochs, openToolCalls: _open, answered: _ids, ...snapshot } = state;
  return snapshot;
}

/** What came over a wire, with the fields that are absent there. */
export function fromSnapshotJson(snapshot: SessionSnapshot): SessionSnapshot {
  return { ...toSessionSnapshot(createSessionState()), ...snapshot };
}
