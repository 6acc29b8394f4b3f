import { CommandId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { SessionOption } from '../session-option.ts';
import { defineEvent } from './define-event.ts';

/** The agent took a choice of a mode, model or option. A later agent of the session is given it again. */
export const OptionChanged = defineEvent({
  kind: 'option_changed',
  fields: { commandId: CommandId, by: Origin, option: SessionOption },
});
