import * as z from 'zod/mini';
import { RequestId, RunId } from '../ids.ts';
import { defineEvent } from './define-event.ts';

/** The agent asks a question with a form (ACP `elicitation/create`, mode `form`); `requestedSchema` is the agent's own. */
export const ElicitationRequest = defineEvent({
  kind: 'elicitation_request',
  fields: {
    requestId: RequestId,
    runId: RunId,
    message: z.string(),
    requestedSchema: z.looseObject({}),
    toolCallId: z.optional(z.string()),
  },
  reduce(state, event) {
    const { requestId, runId, seq, at, message, requestedSchema, toolCallId } = event;
    state.pendingElicitations.push({
      requestId,
      runId,
      seq,
      at,
      message,
      requestedSchema,
      ...(toolCallId === undefined ? {} : { toolCallId }),
    });
  },
});
