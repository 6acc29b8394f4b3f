import { CommandId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { defineEvent } from './define-event.ts';

/** Waiting prompts go on. */
export const QueueResumed = defineEvent({
  kind: 'queue_resumed',
  fields: { by: Origin, commandId: CommandId.optional() },
  reduce(state) {
    state.queueHold = undefined;
    state.queueVersion++;
  },
});
