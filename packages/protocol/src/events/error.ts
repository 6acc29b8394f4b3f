import * as z from 'zod/mini';
import { RunId } from '../ids.ts';
import { SignIn } from '../sign-in.ts';
import { defineEvent } from './define-event.ts';

/** Something failed, in the agent's own words where there are any; `code` is one of `ERRORS`. */
export const ErrorEvent = defineEvent({
  kind: 'error',
  fields: {
    code: z.string(),
    message: z.string(),
    runId: z.optional(RunId),
    /** With AGENT_AUTH_REQUIRED: what a person can do. */
    signIn: z.optional(SignIn),
  },
  reduce(state, { code, signIn, at }) {
    if (code === 'AGENT_AUTH_REQUIRED') state.signIn = { isNeeded: true, at, signIn };
  },
});
