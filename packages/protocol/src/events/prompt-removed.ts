import { CommandId, PromptId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { defineEvent } from './define-event.ts';

/** A waiting prompt was taken out of the queue; the agent never hears of it. */
export const PromptRemoved = defineEvent({
  kind: 'prompt_removed',
  fields: { commandId: CommandId, promptId: PromptId, by: Origin },
  reduce(state, event) {
    state.queue = state.queue.filter(({ promptId }) => promptId !== event.promptId);
    state.queueVersion++;
    if (state.queue.length > 0) return;
    state.queueHold = undefined;
    if (state.limit !== undefined) state.limit = { ...state.limit, isTakenOver: true };
  },
});
