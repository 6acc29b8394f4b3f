import * as z from 'zod/mini';
import { CommandId } from '../ids.ts';
import { SignIn } from '../sign-in.ts';
import { defineEvent } from './define-event.ts';

/** A command that could not be done: the one answer that it gets. */
export const CommandRejected = defineEvent({
  kind: 'command_rejected',
  fields: {
    commandId: CommandId,
    code: z.string(),
    message: z.optional(z.string()),
    /** With AGENT_AUTH_REQUIRED: what a person can do. */
    signIn: z.optional(SignIn),
  },
  reduce(state, { code, signIn, at }) {
    if (code === 'AGENT_AUTH_REQUIRED') state.signIn = { isNeeded: true, at, signIn };
  },
});
