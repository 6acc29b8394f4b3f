import * as z from 'zod/mini';
import { CommandId, RunId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { defineEvent } from './define-event.ts';

/**
 * What the run is doing beside what the agent says: `starting` (the agent's program starts or is being installed,
 * `message` says which; without a `runId` where it starts for no run), `stopping` (somebody pressed Stop; quotes that
 * command).
 */
export const Status = defineEvent({
  kind: 'status',
  fields: {
    state: z.enum(['starting', 'stopping']),
    runId: z.optional(RunId),
    message: z.optional(z.string()),
    commandId: z.optional(CommandId),
    by: z.optional(Origin),
  },
  reduce(state, event) {
    if (event.state === 'starting') state.isAgentReady = false;
    if (event.state !== 'stopping' || state.run === undefined || state.run.runId !== event.runId) return;
    state.run = { ...state.run, isStopping: true };
  },
});
