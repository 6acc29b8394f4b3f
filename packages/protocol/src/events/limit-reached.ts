import * as z from 'zod/mini';
import { RunId } from '../ids.ts';
import { defineEvent } from './define-event.ts';

/** The agent's quota is used up; `resetsAt` (ISO 8601) where the agent says so. */
export const LimitReached = defineEvent({
  kind: 'limit_reached',
  fields: { runId: RunId, message: z.string(), resetsAt: z.optional(z.iso.datetime()) },
  reduce(state, event) {
    const promptId = state.run?.runId === event.runId ? state.run.promptId : undefined;
    if (promptId === undefined) return;
    const { message, resetsAt, at } = event;
    state.limit = { promptId, message, at, ...(resetsAt === undefined ? {} : { resetsAt }) };
  },
});
