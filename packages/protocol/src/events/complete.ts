import * as z from 'zod/mini';
import { RunId, SessionId } from '../ids.ts';
import { defineEvent } from './define-event.ts';

/** ACP's stop reasons, and Konui's own: the agent answered with an error, exited, or the runner died. */
export const StopReason = z.enum([
  'end_turn',
  'max_tokens',
  'max_turn_requests',
  'refusal',
  'cancelled',
  'error',
  'agent_exited',
  'interrupted',
]);
export type StopReason = z.infer<typeof StopReason>;

/** The end of a run: exactly one for each `run_started`. */
export const Complete = defineEvent({
  kind: 'complete',
  fields: {
    runId: RunId,
    /** Always the app's session id. */
    actualSessionId: SessionId,
    stopReason: z.string(),
    /** 0 for success, 130 when aborted, the agent's own where it exited, else 1. */
    exitCode: z.int(),
    success: z.boolean(),
    aborted: z.boolean(),
    /** As the agent reports it. */
    usage: z.optional(z.unknown()),
  },
  reduce(state, event) {
    const { runId, stopReason, success, aborted } = event;
    if (state.run?.runId === runId) state.run = undefined;
    state.lastRun = { runId, stopReason, success, aborted };
    state.openToolCalls.clear();
  },
});
