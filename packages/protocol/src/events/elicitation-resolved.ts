import * as z from 'zod/mini';
import { CommandId, RequestId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { defineEvent } from './define-event.ts';

/** ACP: what became of a question. Konui closes one with `cancel` when nobody can answer it any more. */
export const ElicitationAction = z.enum(['accept', 'decline', 'cancel']);
export type ElicitationAction = z.infer<typeof ElicitationAction>;

/** What a form may hold (ACP, "Elicitation"): strings, numbers, booleans and lists of strings. */
export const ElicitationContent = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
);
export type ElicitationContent = z.infer<typeof ElicitationContent>;

export const ElicitationResolved = defineEvent({
  kind: 'elicitation_resolved',
  fields: {
    requestId: RequestId,
    commandId: z.optional(CommandId),
    by: Origin,
    action: ElicitationAction,
    content: z.optional(ElicitationContent),
  },
  reduce(state, event) {
    state.pendingElicitations = state.pendingElicitations.filter(({ requestId }) => requestId !== event.requestId);
  },
});
