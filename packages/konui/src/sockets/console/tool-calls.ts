import { isDeepStrictEqual } from 'node:util';
import type { ConsoleServerMessage, SessionEvent } from '@konui/protocol';
import { toText } from './large-text.ts';
import { imagesField, shownImages } from './shown-images.ts';

interface KnownCall {
  readonly name: string;
  readonly input: unknown;
  /** Attachments: agents repeat what a call shows with each update. */
  readonly shown: ReadonlySet<string>;
}

/**
 * Tells of each tool call once, and again when its input becomes known (agents announce a call before they know it) or
 * when it shows an image.
 */
export class ToolCalls {
  readonly #open = new Map<string, KnownCall>();

  /** For an event `tool_call` or `tool_call_update`. */
  translate(event: SessionEvent): ConsoleServerMessage[] {
    const { seq, toolCallId, status } = event;
    if (typeof toolCallId !== 'string') return [];
    const known = this.#open.get(toolCallId);
    const name = toText(event['title'])?.text ?? known?.name ?? toolCallId;
    const input = event['rawInput'] ?? known?.input ?? null;
    const all = shownImages(event['content'], event.sessionId);
    const images = all.filter(({ attachment }) => known?.shown.has(attachment) !== true);
    const shown = new Set([...(known?.shown ?? []), ...all.map(({ attachment }) => attachment)]);
    if (status === 'completed' || status === 'failed') this.#open.delete(toolCallId);
    else this.#open.set(toolCallId, { name, input, shown });
    const isNewInput = input !== null && !isDeepStrictEqual(input, known?.input);
    if (event.kind !== 'tool_call' && !isNewInput && images.length === 0) return [];
    return [{ type: 'tool_call', seq, toolCallId, name, input, ...imagesField(images) }];
  }

  /** The run has ended, and its calls with it. */
  clear(): void {
    this.#open.clear();
  }
}
