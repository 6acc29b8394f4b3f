import { z } from 'zod';
import { StoredContentBlock, textOf } from '../content.ts';
import { CommandId, PromptId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { toTitle } from '../session/to-title.ts';
import { defineEvent } from './define-event.ts';

/** A prompt is given to the agent now. It quotes its command unless a `prompt_queued` did so before. */
export const Prompt = defineEvent({
  kind: 'prompt',
  fields: { commandId: CommandId.optional(), promptId: PromptId, origin: Origin, content: z.array(StoredContentBlock) },
  reduce(state, event) {
    if (state.queue.some(({ promptId }) => promptId === event.promptId)) {
      state.queue = state.queue.filter(({ promptId }) => promptId !== event.promptId);
      state.queueVersion++;
      if (state.queue.length === 0) state.queueHold = undefined;
    }
    state.title ??= toTitle(textOf(event.content));
  },
});
