import * as z from 'zod/mini';
import { CommandId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { isSameChoice, SessionOption } from '../session-option.ts';
import { defineEvent } from './define-event.ts';

/**
 * The agent took a choice of a mode, model or option; a later agent of the session is given it again. Quotes the command
 * that asked for it, unless it is one that new sessions begin with (origin `system`).
 */
export const OptionChanged = defineEvent({
  kind: 'option_changed',
  fields: { commandId: z.optional(CommandId), by: Origin, option: SessionOption },
  reduce(state, { option }) {
    state.options = [...state.options.filter((other) => !isSameChoice(other, option)), option];
  },
});
