import type { KontaskStatus } from '@konui/protocol';

/** What may follow what (SPEC KON2): what has ended can be asked for again, and nothing else. */
const NEXT: Readonly<Record<KontaskStatus, readonly KontaskStatus[]>> = {
  requested: ['in_progress', 'completed', 'failed', 'cancelled'],
  in_progress: ['requested', 'completed', 'failed', 'cancelled'],
  completed: ['requested'],
  failed: ['requested'],
  cancelled: ['requested'],
};

export function mayFollow(before: KontaskStatus, after: KontaskStatus): boolean {
  return before === after || NEXT[before].includes(after);
}

/** Somebody waits to hear of these. */
export function hasEnded(status: KontaskStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}
