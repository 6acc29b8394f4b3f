import * as z from 'zod/mini';
import { StoredContentBlock } from '../content.ts';
import { CommandId, PromptId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { defineEvent } from './define-event.ts';

/** A waiting prompt got other words, another place (`before` the named one, null for the end), or goes first: `sendNow`. */
export const PromptChanged = defineEvent({
  kind: 'prompt_changed',
  fields: {
    commandId: CommandId,
    promptId: PromptId,
    by: Origin,
    content: z.optional(z.array(StoredContentBlock)),
    before: z.optional(z.nullable(PromptId)),
    sendNow: z.optional(z.literal(true)),
  },
  reduce(state, event) {
    const found = state.queue.find(({ promptId }) => promptId === event.promptId);
    if (found === undefined) return;
    const changed = {
      ...found,
      ...(event.content === undefined ? {} : { content: event.content }),
      ...(event.sendNow === undefined ? {} : { sendNow: true }),
    };
    const others = state.queue.filter(({ promptId }) => promptId !== event.promptId);
    const place = event.sendNow ? 0 : placeOf(state.queue, others, event);
    state.queue = [...others.slice(0, place), changed, ...others.slice(place)];
    state.queueVersion++;
  },
});

interface Placed {
  readonly promptId: string;
}

function placeOf(
  queue: readonly Placed[],
  others: readonly Placed[],
  event: { promptId: string; before?: string | null | undefined },
): number {
  if (event.before === undefined) return queue.findIndex(({ promptId }) => promptId === event.promptId);
  const place = others.findIndex(({ promptId }) => promptId === event.before);
  return place === -1 ? others.length : place;
}
