import { PromptId, RunId } from '../ids.ts';
import { defineEvent } from './define-event.ts';

export const RunStarted = defineEvent({
  kind: 'run_started',
  fields: { runId: RunId, promptId: PromptId },
  reduce(state, event) {
    state.run = { runId: event.runId, promptId: event.promptId, startedAt: event.at, isStopping: false };
    state.queue = state.queue.filter(({ promptId }) => promptId !== event.promptId);
    if (state.queue.length === 0) state.queueHold = undefined;
    state.openToolCalls.clear();
    state.limit = undefined;
  },
});
