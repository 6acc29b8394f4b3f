import { z } from 'zod';
import { CommandId } from '../ids.ts';
import { defineEvent } from './define-event.ts';

/**
 * The agent's program answers, and its side of the session is open: what it offers, in ACP's own fields of the answers
 * to `initialize` and `session/new`. Quotes the `prepare` command that asked for it, if one did.
 */
export const AgentReady = defineEvent({
  kind: 'agent_ready',
  fields: {
    commandId: CommandId.optional(),
    name: z.string(),
    version: z.string().optional(),
    /** `{currentModeId, availableModes}`. */
    modes: z.looseObject({}).optional(),
    /** `{currentModelId, availableModels}`. */
    models: z.looseObject({}).optional(),
    configOptions: z.array(z.unknown()).optional(),
    /** `{image, audio, embeddedContext}`. */
    promptCapabilities: z.looseObject({}).optional(),
  },
});
