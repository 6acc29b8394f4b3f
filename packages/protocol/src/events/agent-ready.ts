import * as z from 'zod/mini';
import { CommandId } from '../ids.ts';
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
  },
});
