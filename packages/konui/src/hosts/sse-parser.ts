/** One server-sent event (WHATWG HTML, section 9.2.6). `data` is undefined where the event has none. */
export interface SseEvent {
  readonly event: string;
  /** As in the standard, an id stays valid for the events that follow without one. */
  readonly id: string;
  readonly data: Buffer;
}

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
const SPACE = 0x20;
const LF_BYTES = Buffer.from('\n');
/** The two fields of nearly every line, as numbers: comparing those makes no strings. */
const DATA = Buffer.from('data').readUInt32BE();
const ID = Buffer.from('id').readUInt16BE();
/** Far above any event (long strings lie in attachments); beyond it the sender is no host of ours. */
const MAX_EVENT_BYTES = 64 * 1024 * 1024;

/**
 * Cuts a stream of bytes into events without decoding their data. Lines end with LF or CRLF; a CR alone, which the
 * standard allows too, ends none: hosts never send it.
 */
export class SseParser {
  #rest: Buffer[] = [];
  #restBytes = 0;
  #event = '';
  #id = '';
  #data: Buffer | undefined;

  /** The events that this chunk completes. Their data may share memory with it. Throws a RangeError on one that never ends. */
  push(chunk: Buffer): SseEvent[] {
    const events: SseEvent[] = [];
    let start = 0;
    let end = chunk.indexOf(LF);
    while (end !== -1) {
      const event = this.#line(this.#completeLine(chunk.subarray(start, end)));
      if (event !== undefined) events.push(event);
      start = end + 1;
      end = chunk.indexOf(LF, start);
    }
    if (start < chunk.length) {
      this.#rest.push(chunk.subarray(start));
      this.#restBytes += chunk.length - start;
    }
    if (this.#restBytes + (this.#data?.length ?? 0) > MAX_EVENT_BYTES) {
      throw new RangeError(`an event of more than ${MAX_EVENT_BYTES} bytes`);
    }
    return events;
  }

  #completeLine(end: Buffer): Buffer {
    let line = end;
    if (this.#rest.length > 0) {
      line = Buffer.concat([...this.#rest, end]);
      this.#rest = [];
      this.#restBytes = 0;
    }
    return line.at(-1) === CR ? line.subarray(0, -1) : line;
  }

  #line(line: Buffer): SseEvent | undefined {
    if (line.length === 0) return this.#dispatch();
    const colon = line.indexOf(COLON);
    if (colon === 0) return undefined;
    const isBare = colon === -1;
    const nameLength = isBare ? line.length : colon;
    const value = line.subarray(isBare ? nameLength : line[colon + 1] === SPACE ? colon + 2 : colon + 1);
    if (nameLength === 4 && line.readUInt32BE() === DATA) {
      this.#data = this.#data === undefined ? value : Buffer.concat([this.#data, LF_BYTES, value]);
    } else if (nameLength === 2 && line.readUInt16BE() === ID) {
      this.#id = value.toString('utf8');
    } else if (line.toString('latin1', 0, nameLength) === 'event') {
      this.#event = value.toString('utf8');
    }
    return undefined;
  }

  #dispatch(): SseEvent | undefined {
    const event = this.#event === '' ? 'message' : this.#event;
    const data = this.#data;
    this.#event = '';
    this.#data = undefined;
    return data === undefined ? undefined : { event, id: this.#id, data };
  }
}
