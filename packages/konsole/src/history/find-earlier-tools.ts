import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogReader } from '@konui/log';
import { type HistoryAnswer, isRecord, parseSessionEvent, type SessionEvent } from '@konui/protocol';

const NEWLINE = 0x0a;
/** One step, between which others get their turn. */
const BLOCK_BYTES = 256 * 1024;
/** A second `tool_call` of one call follows the first closely. */
const NEAR_BYTES = 1024 * 1024;
/** An update may come long after its call's beginning; one whose call nobody announced is looked for in vain. */
const FAR_BYTES = 8 * 1024 * 1024;
const RUN_STARTED = '"kind":"run_started"';

export type EarlierTool = HistoryAnswer['earlierTools'][number];

export interface EarlierTools {
  readonly tools: EarlierTool[];
  /** Permission requests for calls that are first heard of in the page. */
  readonly requests: SessionEvent[];
}

interface Wanted {
  readonly toolCallId: string;
  /** As it stands in a line. */
  readonly text: string;
  readonly isNear: boolean;
}

/**
 * The calls that began before the page and that it goes on with, or that are `open` after it: found backwards from the
 * page, nearly always in its neighbourhood.
 */
export async function findEarlierTools(
  reader: LogReader,
  page: { readonly firstSeq: number; readonly events: readonly SessionEvent[] },
  open: readonly string[],
): Promise<EarlierTools> {
  const search = new ToolSearch(wantedBy(page.events, open));
  let next = page.firstSeq;
  for (let bytes = 0; search.isWanting && bytes < FAR_BYTES;) {
    if (bytes > 0) await nextTurn();
    if (bytes >= NEAR_BYTES) search.forgetNear();
    const block = reader.readBefore(next, { maxBytes: BLOCK_BYTES });
    if (block.count === 0) break;
    search.look(block.bytes);
    next = block.firstSeq;
    bytes += block.bytes.length;
  }
  return search.found();
}

/** The calls whose first event in the page may not be their first in the log. */
function wantedBy(events: readonly SessionEvent[], open: readonly string[]): Wanted[] {
  const wanted = new Map<string, Wanted>();
  const want = (toolCallId: string, isNear: boolean) => {
    if (wanted.has(toolCallId)) return;
    wanted.set(toolCallId, { toolCallId, isNear, text: `"toolCallId":${JSON.stringify(toolCallId)}` });
  };
  for (const { kind, toolCallId } of events) {
    const isTool = kind === 'tool_call' || kind === 'tool_call_update';
    if (isTool && typeof toolCallId === 'string') want(toolCallId, kind === 'tool_call');
  }
  for (const toolCallId of open) want(toolCallId, false);
  return [...wanted.values()];
}

class ToolSearch {
  readonly #tools: EarlierTool[] = [];
  readonly #requests = new Map<string, SessionEvent>();
  #wanted: Wanted[];
  /** The run that is open where the page begins, if one is, has begun after what is looked at. */
  #isPastRun = false;

  constructor(wanted: Wanted[]) {
    this.#wanted = wanted;
  }

  get isWanting(): boolean {
    return this.#wanted.length > 0;
  }

  forgetNear(): void {
    this.#wanted = this.#wanted.filter(({ isNear }) => !isNear);
  }

  look(lines: Buffer): void {
    const runStart = this.#isPastRun ? lines.length : lines.lastIndexOf(RUN_STARTED);
    this.#wanted = this.#wanted.filter((wanted) => !this.#find(wanted, lines, runStart));
    if (runStart === -1) return;
    this.#isPastRun = true;
    // A call that is announced again in another run is another call.
    this.forgetNear();
  }

  found(): EarlierTools {
    const known = new Set(this.#tools.map(({ toolCallId }) => toolCallId));
    const requests = [...this.#requests].flatMap(([toolCallId, event]) => (known.has(toolCallId) ? [] : [event]));
    return { tools: this.#tools, requests };
  }

  #find({ toolCallId, text, isNear }: Wanted, lines: Buffer, runStart: number): boolean {
    for (let at = lines.lastIndexOf(text); at !== -1; at = at === 0 ? -1 : lines.lastIndexOf(text, at - 1)) {
      const isOfRun = at > runStart && !this.#isPastRun;
      if (isNear && !isOfRun) return false;
      const event = eventAt(lines, at);
      if (event === undefined) continue;
      if (event['toolCallId'] === toolCallId && event.kind.startsWith('tool_call')) {
        this.#tools.push({ toolCallId, seq: event.seq, isOfRun });
        return true;
      }
      // The latest one before the page is the one that readers go by.
      if (isRequestFor(event, toolCallId) && isOfRun && !this.#requests.has(toolCallId)) {
        this.#requests.set(toolCallId, event);
      }
    }
    return false;
  }
}

function eventAt(lines: Buffer, at: number): SessionEvent | undefined {
  const start = lines.lastIndexOf(NEWLINE, at) + 1;
  return parseSessionEvent(lines.toString('utf8', start, lines.indexOf(NEWLINE, at)));
}

function isRequestFor(event: SessionEvent, toolCallId: string): boolean {
  const toolCall = event['toolCall'];
  return event.kind === 'permission_request' && isRecord(toolCall) && toolCall['toolCallId'] === toolCallId;
}
