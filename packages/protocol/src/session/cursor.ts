import type { SessionState } from './state.ts';

/** A reader's position: everything up to `seq` of `epoch` has been applied. Without an epoch only the seq is checked. */
export interface Cursor {
  readonly seq: number;
  readonly epoch?: string | undefined;
}

/** Whether a cursor fits a log: `ok`, `ahead` of its end, or of an epoch whose end is gone. */
export const CURSOR_VERDICTS = ['ok', 'ahead', 'epoch_gone'] as const;
export type CursorVerdict = (typeof CURSOR_VERDICTS)[number];

/**
 * Judges a cursor. One from an older epoch is good as long as it lies before the next epoch's first event: what
 * came after may have been lost with the machine and its seqs given again.
 */
export function judgeCursor(state: Pick<SessionState, 'epochs' | 'lastSeq'>, cursor: Cursor): CursorVerdict {
  if (cursor.seq === 0) return 'ok';
  if (cursor.epoch !== undefined) {
    const index = state.epochs.findIndex(({ epoch }) => epoch === cursor.epoch);
    if (index === -1) return 'epoch_gone';
    const next = state.epochs[index + 1];
    if (next !== undefined && cursor.seq >= next.fromSeq) return 'epoch_gone';
  }
  return cursor.seq > state.lastSeq ? 'ahead' : 'ok';
}

/** `<epoch>:<seq>`, the id of an SSE event and the value of `Last-Event-ID`. */
export function toCursorId(cursor: { seq: number; epoch: string }): string {
  return `${cursor.epoch}:${cursor.seq}`;
}

export function parseCursorId(id: string): Cursor | undefined {
  const match = /^([A-Za-z0-9-]{1,64}):(\d{1,15})$/.exec(id);
  return match === null ? undefined : { epoch: match[1], seq: Number(match[2]) };
}
