import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogReader } from '@konui/log';
import {
  canJoin,
  type MergedEvent,
  mergeEvents,
  parseSessionEvent,
  type SessionEvent,
  textToJoin,
} from '@konui/protocol';

const NEWLINE = 0x0a;
/** A page of merged events needs several times its size of the log. */
const FIRST_READ_BYTES = 32 * 1024;
/** One step, between which others get their turn: about 2 ms. */
const MAX_READ_BYTES = 256 * 1024;
/** Much of a log may merge to little; a page that took this much of it ends. */
const MAX_RAW_BYTES = 16 * 1024 * 1024;
/** `"firstSeq":…,"lastAt":"…",` */
const MERGED_FIELDS_BYTES = 64;

export interface MergedPage {
  readonly events: MergedEvent[];
  /** 0 where there are none. */
  readonly firstSeq: number;
  readonly hasMore: boolean;
}

/**
 * The events just below `before`, merged, in order: as many as fit into `maxBytes` of JSON, at least one. What is
 * joined is cut between two of its pieces.
 */
export async function readMergedPage(reader: LogReader, before: number, maxBytes: number): Promise<MergedPage> {
  const backwards = new BackwardsPage(maxBytes);
  let next = before;
  let rawBytes = 0;
  for (let step = FIRST_READ_BYTES; rawBytes < MAX_RAW_BYTES; step = Math.min(step * 2, MAX_READ_BYTES)) {
    if (rawBytes > 0) await nextTurn();
    const page = reader.readBefore(next, { maxBytes: step });
    if (page.count === 0 || !backwards.add(page.bytes, page.lastSeq)) break;
    next = page.firstSeq;
    rawBytes += page.bytes.length;
    if (!page.more) break;
  }
  return backwards.finish();
}

/** A page that is filled from its end. */
class BackwardsPage {
  readonly #maxBytes: number;
  /** Newest first. */
  readonly #events: SessionEvent[] = [];
  #bytes = 0;
  #isJoining = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Takes whole lines that end with `lastSeq`, the last one first; false when the page is full. */
  add(lines: Buffer, lastSeq: number): boolean {
    let seq = lastSeq;
    for (let end = lines.length; end > 0; seq--) {
      const start = end < 2 ? 0 : lines.lastIndexOf(NEWLINE, end - 2) + 1;
      const event = parseSessionEvent(lines.toString('utf8', start, end - 1));
      if (event !== undefined && !this.#take(event, end - start)) return false;
      end = start;
    }
    return true;
  }

  finish(): MergedPage {
    const events = mergeEvents(this.#events.reverse());
    const [first] = events;
    const firstSeq = first === undefined ? 0 : (first.firstSeq ?? first.seq);
    return { events, firstSeq, hasMore: firstSeq > 1 };
  }

  #take(event: SessionEvent, lineBytes: number): boolean {
    const later = this.#events.at(-1);
    const isJoined = later !== undefined && canJoin(event, later);
    const fieldsBytes = isJoined && !this.#isJoining ? MERGED_FIELDS_BYTES : 0;
    const bytes = isJoined ? textBytes(event) + fieldsBytes : lineBytes;
    if (later !== undefined && this.#bytes + bytes > this.#maxBytes) return false;
    this.#events.push(event);
    this.#bytes += bytes;
    this.#isJoining = isJoined;
    return true;
  }
}

/** What the text adds to a JSON string. */
function textBytes(event: SessionEvent): number {
  return Buffer.byteLength(JSON.stringify(textToJoin(event) ?? '')) - 2;
}
