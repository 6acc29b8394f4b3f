import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { foldSession, parseSessionEvent, reduceSession, type SessionEvent } from '@konui/protocol';

/** A session's files as they grow, read without any help of the processes that are being killed. */
export class SessionWatch {
  readonly sessionId: string;
  readonly lines: string[] = [];
  readonly events: SessionEvent[] = [];
  readonly state = foldSession([]);
  readonly #folder: string;
  readonly #onEvent: (event: SessionEvent, watch: SessionWatch) => void;
  #offset = 0;
  #rest: Buffer = Buffer.alloc(0);

  constructor(home: string, sessionId: string, onEvent: (event: SessionEvent, watch: SessionWatch) => void) {
    this.sessionId = sessionId;
    this.#folder = join(home, 'sessions', sessionId);
    this.#onEvent = onEvent;
  }

  /** Reads what was added. Throws where a line is no event, or complete lines have gone. */
  poll(): void {
    const added = this.#readAdded();
    if (added.length === 0) return;
    const bytes = Buffer.concat([this.#rest, added]);
    const end = bytes.lastIndexOf(10) + 1;
    this.#rest = bytes.subarray(end);
    if (end === 0) return;
    for (const line of bytes.toString('utf8', 0, end - 1).split('\n')) this.#take(line);
  }

  /** The whole log as it is on the disk now, complete lines only. */
  readLog(): string[] {
    return readLines(join(this.#folder, 'log.ndjson'));
  }

  readInbox(): Readonly<Record<string, unknown>>[] {
    return readLines(join(this.#folder, 'inbox.ndjson')).map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  #take(line: string): void {
    const event = parseSessionEvent(line);
    if (event === undefined)
      throw new Error(`session ${this.sessionId}: line ${this.lines.length + 1} is no event: ${line.slice(0, 200)}`);
    this.lines.push(line);
    this.events.push(event);
    reduceSession(this.state, event);
    this.#onEvent(event, this);
  }

  #readAdded(): Buffer {
    const file = openIfThere(join(this.#folder, 'log.ndjson'));
    if (file === undefined) return Buffer.alloc(0);
    try {
      const { size } = fstatSync(file);
      // A torn line is cut by the next runner; whatever stood before it stays.
      const complete = this.#offset - this.#rest.length;
      if (size < complete)
        throw new Error(`session ${this.sessionId}: the log shrank from ${complete} complete bytes to ${size}`);
      if (size < this.#offset) {
        this.#offset = complete;
        this.#rest = Buffer.alloc(0);
      }
      const added = Buffer.alloc(size - this.#offset);
      const length = readSync(file, added, 0, added.length, this.#offset);
      this.#offset += length;
      return added.subarray(0, length);
    } finally {
      closeSync(file);
    }
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export function readLines(path: string): string[] {
  const file = openIfThere(path);
  if (file === undefined) return [];
  closeSync(file);
  const text = readFileSync(path, 'utf8');
  const end = text.lastIndexOf('\n');
  return end === -1 ? [] : text.slice(0, end).split('\n');
}
