import type { SessionInfo } from '@konui/protocol';

/** A prompt, a start and an end of a run: an idle session that grew by this much has done what it was asked. */
const EVENTS_OF_A_RUN = 3;
/** After this long an idle row is the truth, whatever was sent. */
const GRACE_MS = 10_000;

interface Sent {
  readonly seqBefore: number;
  acceptedAt: number | undefined;
}

/** Sessions that were just prompted and show as working before the backend says so (D3). */
export class SentPrompts {
  readonly #sent = new Map<string, Sent>();

  /** Whether the session shows as working although its row says idle. */
  covers(sessionId: string): boolean {
    return this.#sent.has(sessionId);
  }

  onPending(sessionId: string, row: SessionInfo | undefined): void {
    const known = this.#sent.get(sessionId);
    if (known === undefined) this.#sent.set(sessionId, { seqBefore: row?.lastSeq ?? 0, acceptedAt: undefined });
    else known.acceptedAt = undefined;
  }

  /** No prompt is pending any more: from now on the backend's word counts. */
  onAccepted(sessionId: string, now: number): void {
    const sent = this.#sent.get(sessionId);
    if (sent !== undefined) sent.acceptedAt ??= now;
  }

  onRefused(sessionId: string): void {
    this.#sent.delete(sessionId);
  }

  /** True if what the backend says takes the place of what was assumed. */
  onRow(row: SessionInfo, now: number): boolean {
    const sent = this.#sent.get(row.sessionId);
    if (sent === undefined) return false;
    const isBusy = row.status !== 'idle';
    const isDone =
      sent.acceptedAt !== undefined &&
      (row.lastSeq >= sent.seqBefore + EVENTS_OF_A_RUN || now - sent.acceptedAt >= GRACE_MS);
    if (!isDone && !(isBusy && sent.acceptedAt !== undefined)) return false;
    return this.#sent.delete(row.sessionId);
  }
}
