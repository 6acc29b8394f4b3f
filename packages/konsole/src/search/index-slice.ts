import { type LogReader } from '@konui/log';
import { mergeEvents, parseSessionEvent, type SessionEvent } from '@konui/protocol';
import { MAX_OUTPUT, searchableTexts } from './searchable-texts.ts';
import type { SearchProgress, TextRow } from './search-store.ts';

/** A part of a log that is indexed at once: a few milliseconds. */
const SLICE_BYTES = 48 * 1024;
/** Adjacent pieces of one message are read together up to here. */
const MAX_SLICE_BYTES = 1024 * 1024;
/** Calls whose later events are told by their first one. */
const MAX_TOOLS = 200;

export interface Slice {
  readonly fromSeq: number;
  readonly rows: TextRow[];
  readonly progress: SearchProgress;
  readonly hasMore: boolean;
}

export const NO_PROGRESS: SearchProgress = { nextSeq: 1, lastSeq: 0, lastAt: '', title: null, tools: {} };

/** Whether the log goes on from where it was read; false where it is another one, or lost what was read. */
export function isContinued(reader: LogReader, { lastSeq, lastAt }: SearchProgress): boolean {
  if (lastSeq === 0) return true;
  const { bytes } = reader.readAfter(lastSeq - 1, { maxEvents: 1 });
  return parseSessionEvent(bytes.toString('utf8'))?.at === lastAt;
}

/** The next texts of a log. The last message may still grow, so that the slice after this one begins with it again. */
export function readSlice(reader: LogReader, sessionId: string, progress: SearchProgress): Slice {
  const { events: raw, hasMore } = readRaw(reader, progress.nextSeq - 1);
  const events = mergeEvents(raw);
  const tools = new Map(Object.entries(progress.tools));
  const rows: TextRow[] = [];
  const last = events.at(-1);
  let toolsBefore = progress.tools;
  for (const event of events) {
    if (event === last) toolsBefore = Object.fromEntries([...tools].slice(-MAX_TOOLS));
    const { seq: eventSeq, firstSeq = eventSeq, at } = event;
    for (const { kind, text, toolCallId } of searchableTexts(event)) {
      const [seq, printed] = toolOf(tools, toolCallId, firstSeq);
      const fitting = kind === 'output' ? text.slice(0, Math.max(0, MAX_OUTPUT - printed)) : text;
      if (toolCallId !== undefined) tools.set(toolCallId, [seq, printed + (kind === 'output' ? fitting.length : 0)]);
      if (fitting !== '') rows.push({ sessionId, seq, eventSeq: firstSeq, at, kind, text: fitting });
    }
  }
  const read = { lastSeq: raw.at(-1)?.seq ?? progress.lastSeq, lastAt: raw.at(-1)?.at ?? progress.lastAt };
  const nextSeq = last === undefined ? progress.nextSeq : (last.firstSeq ?? last.seq);
  // One event alone that is not the last of the log is done, however much it may be.
  const isStuck = hasMore && nextSeq === progress.nextSeq;
  return {
    fromSeq: progress.nextSeq,
    rows,
    hasMore,
    progress: {
      ...progress,
      ...read,
      nextSeq: isStuck ? read.lastSeq + 1 : nextSeq,
      tools: isStuck ? Object.fromEntries([...tools].slice(-MAX_TOOLS)) : toolsBefore,
    },
  };
}

function toolOf(
  tools: ReadonlyMap<string, readonly [number, number]>,
  toolCallId: string | undefined,
  seq: number,
): readonly [seq: number, printed: number] {
  return (toolCallId === undefined ? undefined : tools.get(toolCallId)) ?? [seq, 0];
}

/** More than one message where there is more: a longer part is read when one fills it. */
function readRaw(reader: LogReader, afterSeq: number): { events: SessionEvent[]; hasMore: boolean } {
  for (let maxBytes = SLICE_BYTES; ; maxBytes *= 4) {
    const { bytes, more } = reader.readAfter(afterSeq, { maxBytes });
    const lines = bytes.toString('utf8').split('\n');
    const events = lines.flatMap((line) => (line === '' ? [] : (parseSessionEvent(line) ?? [])));
    if (!more || maxBytes >= MAX_SLICE_BYTES || mergeEvents(events).length > 1) return { events, hasMore: more };
  }
}
