import { isDeepStrictEqual } from 'node:util';
import type { ConsoleServerMessage, SessionEvent } from '@konui/protocol';
import { toText } from './large-text.ts';

interface KnownCall {
  readonly name: string;
  readonly input: unknown;
}

/** Tells of each tool call once, and again when its input becomes known: agents announce a call before they know it. */
export class ToolCalls {
  readonly #open = new Map<string, KnownCall>();

  /** For an event `tool_call` or `tool_call_update`. */
  translate(event: SessionEvent): ConsoleServerMessage[] {
    const { seq, toolCallId, status } = event;
    if (typeof toolCallId !== 'string') return [];
    const known = this.#open.get(toolCallId);
    const name = toText(event['title'])?.text ?? known?.name ?? toolCallId;
    const input = event['rawInput'] ?? known?.input ?? null;
    if (status === 'completed' || status === 'failed') this.#open.delete(toolCallId);
    else this.#open.set(toolCallId, { name, input });
    const isNews = event.kind === 'tool_call' || (input !== null && !isDeepStrictEqual(input, known?.input));
    return isNews ? [{ type: 'tool_call', seq, toolCallId, name, input }] : [];
  }

  /** The run has ended, and its calls with it. */
  clear(): void {
    this.#open.clear();
  }
}
