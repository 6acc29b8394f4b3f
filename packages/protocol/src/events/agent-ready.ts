import * as z from 'zod/mini';
import { CommandId } from '../ids.ts';
import { SignIn } from '../sign-in.ts';
import { defineEvent } from './define-event.ts';

/**
 * The agent's program answers, and its side of the session is open: what it offers, in ACP's own fields of the answers
 * to `initialize` and `session/new`. Quotes the `prepare` command that asked for it, if one did.
 */
export const AgentReady = defineEvent({
  kind: 'agent_ready',
  fields: {
    commandId: z.optional(CommandId),
    name: z.string(),
    version: z.optional(z.string()),
    /** `{currentModeId, availableModes}`. */
    modes: z.optional(z.looseObject({})),
    /** `{currentModelId, availableModels}`. */
    models: z.optional(z.looseObject({})),
    configOptions: z.optional(z.array(z.unknown())),
    /** `{image, audio, embeddedContext}`. */
    promptCapabilities: z.optional(z.looseObject({})),
    /** How a person could sign in, also where that is done. */
    signIn: z.optional(SignIn),
  },
  reduce(state, { signIn, at }) {
    state.isAgentReady = true;
    state.signIn = { isNeeded: false, at, signIn };
  },
});
