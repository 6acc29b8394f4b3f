import { KonuiError } from '@konui/protocol';
import type { EncodeFrames } from '../encode-frames.ts';
import { SharedFrames } from '../shared-frames.ts';

const LF = 0x0a;
/** A log line's beginning (SPEC SEQ2); the longest seq has 16 digits. */
const LINE_START = /^\{"seq":(\d{1,16}),/;
const LINE_START_BYTES = 26;

/** Consecutive events; as frames they are encoded once for all their readers. */
export class EventBatch {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly #frames: SharedFrames;

  /** `lines` without their LFs, at least one, with seqs from `firstSeq` on. */
  constructor(firstSeq: number, lines: readonly Buffer[]) {
    this.firstSeq = firstSeq;
    this.lastSeq = firstSeq + lines.length - 1;
    this.#frames = new SharedFrames(lines);
  }

  /** The frames of events above `seq`; shares memory with all other readers'. */
  after(seq: number, encode: EncodeFrames): Buffer {
    const { bytes, ends } = this.#frames.as(encode);
    if (seq < this.firstSeq) return bytes;
    return bytes.subarray(ends[seq - this.firstSeq] ?? bytes.length);
  }

  /** The log lines of events above `seq`, without their LFs. */
  linesAfter(seq: number): readonly Buffer[] {
    return this.#frames.payloads.slice(Math.max(0, seq - this.firstSeq + 1));
  }
}

/** Makes a batch of a page of the log; undefined for an empty one. Throws INTERNAL_ERROR if it does not begin at `firstSeq`. */
export function toEventBatch(page: Buffer, firstSeq: number): EventBatch | undefined {
  const lines = splitLines(page);
  const [first] = lines;
  if (first === undefined) return undefined;
  const seq = Number(LINE_START.exec(first.toString('latin1', 0, LINE_START_BYTES))?.[1]);
  if (seq !== firstSeq) {
    throw new KonuiError('INTERNAL_ERROR', `the agent host's page begins at ${seq} and not at ${firstSeq}`);
  }
  return new EventBatch(firstSeq, lines);
}

function splitLines(page: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  let end = page.indexOf(LF);
  while (end !== -1) {
    lines.push(page.subarray(start, end));
    start = end + 1;
    end = page.indexOf(LF, start);
  }
  return lines;
}
