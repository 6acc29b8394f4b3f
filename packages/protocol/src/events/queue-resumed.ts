import * as z from 'zod/mini';
import { CommandId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { defineEvent } from './define-event.ts';

/** Waiting prompts go on. */
export const QueueResumed = defineEvent({
  kind: 'queue_resumed',
  fields: { by: Origin, commandId: z.optional(CommandId) },
  reduce(state) {
    state.queueHold = undefined;
    state.queueVersion++;
  },
});
