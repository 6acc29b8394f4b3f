import * as z from 'zod/mini';
import { StoredContentBlock } from '../content.ts';
import { CommandId, PromptId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { defineEvent } from './define-event.ts';

/** A prompt was accepted while a run is going and waits for its turn. */
export const PromptQueued = defineEvent({
  kind: 'prompt_queued',
  fields: { commandId: CommandId, promptId: PromptId, origin: Origin, content: z.array(StoredContentBlock) },
  reduce(state, event) {
    state.queue.push({ promptId: event.promptId, origin: event.origin, content: event.content, at: event.at });
    state.queueVersion++;
  },
});
