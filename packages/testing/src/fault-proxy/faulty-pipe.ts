import type { Socket } from 'node:net';

/** Beyond this the source is not read, so that its sender feels the slow path as it would a slow network. */
const MAX_QUEUED_BYTES = 256 * 1024;

/** One direction of a connection: forwards bytes, late, in small pieces, or not at all. */
export class FaultyPipe {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #queue: { bytes: Buffer; dueAt: number }[] = [];
  #queuedBytes = 0;
  #delayMs = 0;
  #pieceBytes = Infinity;
  #cut: { afterBytes: number; onCut: () => void } | undefined;
  #isStalled = false;
  #isWriting = false;
  #hasEnded = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket) {
    this.#from = from;
    this.#to = to;
    from.on('data', (bytes: Buffer) => {
      this.#queue.push({ bytes, dueAt: performance.now() + this.#delayMs });
      this.#queuedBytes += bytes.length;
      this.#throttle();
      this.#pump();
    });
    from.on('end', () => {
      this.#hasEnded = true;
      this.#pump();
    });
    to.on('close', () => clearTimeout(this.#timer));
  }

  /** Bytes that come from now on are forwarded this much later, in order. */
  delay(ms: number): void {
    this.#delayMs = ms;
  }

  /** Each write to the other side has at most this many bytes. */
  split(maxBytes: number): void {
    this.#pieceBytes = Math.max(1, maxBytes);
  }

  /** Reads and forwards nothing until `flow()`: the sender's buffers fill. */
  stall(): void {
    this.#isStalled = true;
    this.#from.pause();
  }

  flow(): void {
    this.#isStalled = false;
    this.#throttle();
    this.#pump();
  }

  /** Forwards so many bytes more and then calls back, in the middle of whatever was being sent. */
  cutAfter(afterBytes: number, onCut: () => void): void {
    this.#cut = { afterBytes, onCut };
    if (afterBytes <= 0) onCut();
  }

  #throttle(): void {
    if (this.#isStalled || this.#queuedBytes > MAX_QUEUED_BYTES) this.#from.pause();
    else this.#from.resume();
  }

  #pump(): void {
    if (this.#isStalled || this.#isWriting || this.#to.destroyed) return;
    const head = this.#queue[0];
    if (head === undefined) {
      if (this.#hasEnded) this.#to.end();
      return;
    }
    const waitMs = head.dueAt - performance.now();
    if (waitMs > 0) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#pump(), waitMs);
      return;
    }
    const length = Math.min(head.bytes.length, this.#pieceBytes, this.#cut?.afterBytes ?? Infinity);
    this.#isWriting = true;
    // One write at a time: the next waits until the system has taken this one.
    this.#to.write(head.bytes.subarray(0, length), () => this.#onWritten(length));
  }

  #onWritten(length: number): void {
    this.#isWriting = false;
    this.#queuedBytes -= length;
    const head = this.#queue[0];
    if (head !== undefined && head.bytes.length > length) head.bytes = head.bytes.subarray(length);
    else this.#queue.shift();
    if (this.#cut !== undefined && (this.#cut.afterBytes -= length) <= 0) {
      const { onCut } = this.#cut;
      this.#cut = undefined;
      onCut();
      return;
    }
    this.#throttle();
    // The system would join what is written in one turn.
    if (this.#pieceBytes === Infinity) this.#pump();
    else setImmediate(() => this.#pump());
  }
}
