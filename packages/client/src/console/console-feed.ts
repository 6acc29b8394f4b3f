import type { ConsoleServerMessage, ConsoleState, Cursor } from '@konui/protocol';
import type { ConsoleMessage } from './console-options.ts';

/** `known`: said again, or said before. `reset`: everything follows from the first event. */
type Verdict = 'news' | 'known' | 'reset';

/** A message that comes from an event. */
type EventMessage = Extract<ConsoleServerMessage, { seq: number }>;

/** How far a session was heard, over all of its sockets, and which messages are news (SPEC CON3, CON4). */
export class ConsoleFeed {
  #sessionId: string | undefined;
  #seq: number | undefined;
  #epoch: string | undefined;
  /** That of the last `session`: it is the cursor's own only once it is known that the cursor fits. */
  #announcedEpoch: string | undefined;
  /** Up to here earlier sockets have said everything. */
  #knownSeq: number;
  #caughtUpAt: number | undefined;
  #isCaughtUp = false;
  #state: ConsoleState | undefined;
  #runId: ConsoleMessage<'status'>['runId'];
  readonly #openRequests = new Set<string>();

  constructor({ session, after }: { session?: string; after?: Cursor }) {
    this.#sessionId = session;
    this.#seq = after?.seq;
    this.#epoch = after?.epoch;
    this.#knownSeq = after?.seq ?? 0;
  }

  get sessionId(): string | undefined {
    return this.#sessionId;
  }

  get cursor(): Cursor | undefined {
    return this.#seq === undefined ? undefined : { seq: this.#seq, epoch: this.#epoch };
  }

  /** The run that goes. In mid-replay the one that looks open may have ended long ago, so there it is nobody's. */
  get runId(): ConsoleMessage<'status'>['runId'] {
    return this.hasSession && !this.#isCaughtUp ? undefined : this.#runId;
  }

  /** This socket has said which session it is for. */
  get hasSession(): boolean {
    return this.#caughtUpAt !== undefined;
  }

  /** This socket has said everything that there was when it began. */
  get isCaughtUp(): boolean {
    return this.#isCaughtUp;
  }

  onDrop(): void {
    this.#knownSeq = this.#seq ?? 0;
    this.#caughtUpAt = undefined;
    this.#isCaughtUp = false;
  }

  onMessage(message: ConsoleServerMessage): Verdict {
    if (message.type === 'session') this.#begin(message);
    else if (isCursorError(message)) return this.#reset();
    return isEventMessage(message) ? this.#judge(message) : 'news';
  }

  #begin({ sessionId, epoch, lastSeq }: ConsoleMessage<'session'>): void {
    this.#sessionId = sessionId;
    this.#announcedEpoch = epoch ?? undefined;
    this.#caughtUpAt = lastSeq;
    if (this.#seq !== undefined) return;
    this.#seq = lastSeq;
    this.#epoch = this.#announcedEpoch;
  }

  #reset(): Verdict {
    this.#seq = 0;
    this.#knownSeq = 0;
    this.#epoch = this.#announcedEpoch;
    this.#state = undefined;
    this.#runId = undefined;
    this.#openRequests.clear();
    return 'reset';
  }

  #judge(message: EventMessage): Verdict {
    this.#epoch = this.#announcedEpoch;
    this.#seq = Math.max(this.#seq ?? 0, message.seq);
    const isNew = message.seq > this.#knownSeq;
    if (message.type === 'status') return this.#judgeStatus(message, isNew);
    if (message.type === 'permission_request') return this.#judgeRequest(message.requestId);
    if (message.type === 'complete' && isNew) {
      this.#runId = undefined;
      this.#openRequests.clear();
    }
    return isNew ? 'news' : 'known';
  }

  /** The state now is said after each replay, also where nothing has changed. */
  #judgeStatus({ seq, state, id, runId, requestId, message }: ConsoleMessage<'status'>, isNew: boolean): Verdict {
    if (this.#caughtUpAt !== undefined && seq >= this.#caughtUpAt) this.#isCaughtUp = true;
    if (requestId !== undefined) this.#openRequests.delete(requestId);
    if (runId !== undefined && isNew) this.#runId = runId;
    const saysMore = id !== undefined || requestId !== undefined || message !== undefined;
    const isNews = state !== this.#state || (isNew && saysMore);
    this.#state = state;
    return isNews ? 'news' : 'known';
  }

  /** Open ones are repeated to every socket. */
  #judgeRequest(requestId: string): Verdict {
    if (this.#openRequests.has(requestId)) return 'known';
    this.#openRequests.add(requestId);
    return 'news';
  }
}

function isEventMessage(message: ConsoleServerMessage): message is EventMessage {
  return 'seq' in message && message.seq !== undefined;
}

function isCursorError(message: ConsoleServerMessage): boolean {
  if (message.type !== 'error' || message.seq !== undefined) return false;
  return message.code === 'CURSOR_AHEAD' || message.code === 'CURSOR_GONE';
}
