import type { SessionEvent } from '../events/session-event.ts';
import { isRecord } from '../is-record.ts';

/**
 * An event of a history page. Adjacent chunks of one message are one event: the first one's fields, all their text,
 * the last one's `seq` and its time as `lastAt`, and the first one's `firstSeq`. So are adjacent pieces of what a
 * command printed (SPEC HIST3).
 */
export type MergedEvent = SessionEvent & { readonly firstSeq?: number; readonly lastAt?: string };

/** What the event adds to one before it that it can be joined to; undefined for events that stand alone. */
export function textToJoin(event: SessionEvent): string | undefined {
  const piece = pieceOf(event);
  return piece?.text;
}

/** Whether both are pieces of one message, or of one command's output, so that readers make the same of them as one. */
export function canJoin(before: SessionEvent, next: SessionEvent): boolean {
  if (before.kind !== next.kind) return false;
  const [first, second] = [pieceOf(before), pieceOf(next)];
  return first !== undefined && second !== undefined && first.rest === second.rest;
}

/** Joins what can be joined. The events must be adjacent in the log, and may be merged ones. */
export function mergeEvents(events: readonly MergedEvent[]): MergedEvent[] {
  const merged: MergedEvent[] = [];
  for (let start = 0; start < events.length;) {
    let end = start + 1;
    for (; end < events.length; end++) {
      const [before, next] = [events[end - 1], events[end]];
      if (before === undefined || next === undefined || !canJoin(before, next)) break;
    }
    merged.push(joinRange(events, start, end));
    start = end;
  }
  return merged;
}

interface Piece {
  readonly text: string;
  /** Everything else that the event says, in one string. */
  readonly rest: string;
}

type Fields = Readonly<Record<string, unknown>>;

function pieceOf(event: SessionEvent): Piece | undefined {
  switch (event.kind) {
    case 'agent_message_chunk':
    case 'agent_thought_chunk':
    case 'user_message_chunk':
      return pieceOfChunk(event);
    case 'tool_call_update':
      return pieceOfOutput(event);
    default:
      return undefined;
  }
}

function pieceOfChunk(event: SessionEvent): Piece | undefined {
  const content = event['content'];
  if (!isRecord(content) || content['type'] !== 'text' || typeof content['text'] !== 'string') return undefined;
  // Annotations are those of their own block.
  for (const field in content) if (field !== 'type' && field !== 'text') return undefined;
  return { text: content['text'], rest: restOf(event, 'content') };
}

function pieceOfOutput(event: SessionEvent): Piece | undefined {
  const meta = event['_meta'];
  if (!isRecord(meta)) return undefined;
  const place = placeOfOutput(meta);
  if (place === undefined) return undefined;
  for (const field in event) if (!OUTPUT_FIELDS.has(field)) return undefined;
  const { output, text } = place;
  const others: Fields = { ...meta, [place.field]: { ...output, data: '' } };
  return { text, rest: `${String(event['toolCallId'])} ${JSON.stringify(others)}` };
}

/** Claude Code names it `terminal_output`, Codex `terminal_output_delta`; one that has both, or an exit, stands alone. */
function placeOfOutput(meta: Fields): { field: string; output: Fields; text: string } | undefined {
  const [field, ...others] = ['terminal_output', 'terminal_output_delta', 'terminal_exit'].filter(
    (each) => meta[each] !== undefined,
  );
  const output = field === undefined || others.length > 0 ? undefined : meta[field];
  if (field === undefined || !isRecord(output) || typeof output['data'] !== 'string') return undefined;
  return { field, output, text: output['data'] };
}

/** What names a chunk's message is compared; nearly always that is `messageId` alone. */
function restOf(event: SessionEvent, text: string): string {
  let rest = '';
  for (const field in event) {
    if (!PLACE_FIELDS.has(field) && field !== text) rest += `${field} ${JSON.stringify(event[field])} `;
  }
  return rest;
}

function joinRange(events: readonly MergedEvent[], start: number, end: number): MergedEvent {
  const [first, last] = [events[start], events[end - 1]];
  if (first === undefined || last === undefined) throw new Error('an empty range has no events to join');
  if (first === last) return first;
  let text = '';
  for (let index = start; index < end; index++) {
    const event = events[index];
    text += event === undefined ? '' : (textToJoin(event) ?? '');
  }
  return {
    ...withText(first, text),
    seq: last.seq,
    firstSeq: first.firstSeq ?? first.seq,
    lastAt: last.lastAt ?? last.at,
  };
}

function withText(event: MergedEvent, text: string): MergedEvent {
  if (event.kind !== 'tool_call_update') return { ...event, content: { type: 'text', text } };
  const meta = event['_meta'];
  const place = isRecord(meta) ? placeOfOutput(meta) : undefined;
  if (!isRecord(meta) || place === undefined) return event;
  return { ...event, _meta: { ...meta, [place.field]: { ...place.output, data: text } } };
}

const PLACE_FIELDS: ReadonlySet<string> = new Set(['seq', 'sessionId', 'kind', 'at', 'firstSeq', 'lastAt']);
const OUTPUT_FIELDS: ReadonlySet<string> = new Set([...PLACE_FIELDS, 'toolCallId', '_meta']);
