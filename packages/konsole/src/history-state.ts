import { type SessionSnapshot, type SessionState, toSessionSnapshot } from '@konui/protocol';
import type { Landmarks } from './landmarks.ts';

/** What a reader of a log's end needs to know of the rest of it. */
export interface HistoryState {
  readonly epoch: string | null;
  readonly lastSeq: number;
  readonly state: SessionSnapshot;
  readonly openToolCalls: readonly string[];
  /** Seqs of the events that still say how the agent is, ascending. */
  readonly landmarks: readonly number[];
}

export function toHistoryState(state: SessionState, landmarks: Landmarks): HistoryState {
  return {
    epoch: state.epochs.at(-1)?.epoch ?? null,
    lastSeq: state.lastSeq,
    state: toSessionSnapshot(state),
    openToolCalls: [...state.openToolCalls],
    landmarks: landmarks.seqs,
  };
}
