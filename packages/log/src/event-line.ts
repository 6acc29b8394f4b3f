/** An event before it has its place in the log: everything but `seq`, `sessionId` and `at`. */
export interface EventBody {
  kind: string;
  [field: string]: unknown;
}

export const NEWLINE = 0x0a;

// `{"seq":` + 16 digits + `,`
export const MAX_HEAD_BYTES = 24;

export interface EventPlace {
  seq: number;
  sessionId: string;
  at: string;
}

/**
 * One event as its line, without the newline. The head is put together by hand: JSON.stringify would move a field named
 * like an integer before `seq`, and a field of the agent's named `seq` must not replace ours.
 */
export function toEventLine(place: EventPlace, body: EventBody): string {
  const { kind, seq: _seq, sessionId: _sessionId, at: _at, ...fields } = body;
  const names = `"sessionId":${JSON.stringify(place.sessionId)},"kind":${JSON.stringify(kind)}`;
  const head = `{"seq":${place.seq},${names},"at":"${place.at}"`;
  const rest = JSON.stringify(fields);
  return rest === '{}' ? `${head}}` : `${head},${rest.slice(1)}`;
}

/** The place and kind of the line that begins at `start`; undefined where it is not laid out as `toEventLine` does it. */
export function parseEventHead(
  bytes: Buffer,
  start: number,
): { seq: number; sessionId: string; kind: string; at: string } | undefined {
  const head = EVENT_HEAD.exec(bytes.toString('latin1', start, start + EVENT_HEAD_BYTES));
  const [, seq = '', sessionId = '', kind = '', at = ''] = head ?? [];
  return head === null ? undefined : { seq: Number(seq), sessionId, kind, at };
}

/** The seq of the line that begins at `start`, or 0 if no event line begins there. */
export function parseSeq(bytes: Uint8Array, start: number): number {
  for (let i = 0; i < HEAD.length; i++) if (bytes[start + i] !== HEAD[i]) return 0;
  let seq = 0;
  for (let i = start + HEAD.length; i < start + MAX_HEAD_BYTES; i++) {
    const byte = bytes[i];
    if (byte === COMMA) return Number.isSafeInteger(seq) ? seq : 0;
    if (byte === undefined || byte < ZERO || byte > ZERO + 9) return 0;
    seq = seq * 10 + (byte - ZERO);
    if (seq === 0) return 0;
  }
  return 0;
}

// Nothing in it is escaped, and all of it is ASCII.
const EVENT_HEAD = /^\{"seq":(\d{1,16}),"sessionId":"([\w-]+)","kind":"(\w+)","at":"([\w:.-]+)"[,}]/;
const EVENT_HEAD_BYTES = 192;
const HEAD = Buffer.from('{"seq":');
const COMMA = 0x2c;
const ZERO = 0x30;
