import * as z from 'zod/mini';
import { CommandId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { defineEvent } from './define-event.ts';

/** Why waiting prompts do not go on by themselves. */
export const HoldReason = z.enum([
  'person',
  'stopped',
  'error',
  'limit',
  'interrupted',
  'agent_exited',
  'refused',
  'old',
]);
export type HoldReason = z.infer<typeof HoldReason>;

/** Waiting prompts stay where they are until `queue_resumed`: somebody wants it, or what they followed did not succeed. */
export const QueueHeld = defineEvent({
  kind: 'queue_held',
  fields: { reason: HoldReason, by: Origin, commandId: z.optional(CommandId) },
  reduce(state, event) {
    state.queueHold = { reason: event.reason, at: event.at };
    state.queueVersion++;
  },
});
