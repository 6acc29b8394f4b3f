import * as z from 'zod/mini';
import { StoredContentBlock, textOf } from '../content.ts';
import { CommandId, PromptId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { toTitle } from '../session/to-title.ts';
import { defineEvent } from './define-event.ts';

/** A prompt is given to the agent now. It quotes its command unless a `prompt_queued` did so before. */
export const Prompt = defineEvent({
  kind: 'prompt',
  fields: {
    commandId: z.optional(CommandId),
    promptId: PromptId,
    origin: Origin,
    content: z.array(StoredContentBlock),
  },
  reduce(state, event) {
    const { promptId, origin, content, at } = event;
    const others = state.queue.filter((queued) => queued.promptId !== promptId);
    if (others.length < state.queue.length) state.queueVersion++;
    // `run_started` follows in the same write; a log that is torn between the two must not forget the prompt.
    state.queue = [{ promptId, origin, content, at, hasBegun: true }, ...others];
    state.title ??= toTitle(textOf(event.content));
  },
});
