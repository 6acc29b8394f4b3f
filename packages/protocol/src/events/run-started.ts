import { PromptId, RunId } from '../ids.ts';
import { defineEvent } from './define-event.ts';

export const RunStarted = defineEvent({
  kind: 'run_started',
  fields: { runId: RunId, promptId: PromptId },
  reduce(state, event) {
    state.run = { runId: event.runId, promptId: event.promptId, startedAt: event.at, isStopping: false };
    state.openToolCalls.clear();
    state.limit = undefined;
  },
});
