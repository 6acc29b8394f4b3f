import { type Command, newId, type Origin, RequestId, RunId } from '@konui/protocol';
import type { ElicitationOutcome, ElicitationQuestion } from './agent/agent-connection.ts';
import type { SessionJournal } from './session-journal.ts';
import { createWaitingAnswers } from './waiting-answers.ts';

type ElicitationCommand = Extract<Command, { type: 'elicitation' }>;

export interface Elicitations {
  /** Writes the question to the log and waits, for ever, for its answer. */
  ask(question: ElicitationQuestion, signal: AbortSignal): Promise<ElicitationOutcome>;
  /** Answers the command with exactly one event; the first answer wins. */
  answer(command: ElicitationCommand): void;
  closeAll(reason: string): void;
}

/** Forms that the agent wants filled in (ACP `elicitation/create`). What is open is the log's to say, as with permissions. */
export function createElicitations(options: {
  journal: SessionJournal;
  /** The disk fails: the answer must not reach the agent. */
  onFatal: (error: unknown) => void;
}): Elicitations {
  const { journal } = options;
  const waiting = createWaitingAnswers<ElicitationOutcome>(options);

  const close = (requestId: string, by: Origin): void => {
    journal.append({ kind: 'elicitation_resolved', requestId: RequestId.parse(requestId), by, action: 'cancel' });
    waiting.give(requestId, { action: 'cancel' });
  };

  return {
    ask(question, signal) {
      const runId = journal.state.run?.runId ?? journal.state.lastRun?.runId;
      if (runId === undefined || signal.aborted) return Promise.resolve({ action: 'cancel' });
      const requestId = newId(RequestId);
      journal.append({ kind: 'elicitation_request', requestId, runId: RunId.parse(runId), ...question });
      return waiting.wait(requestId, signal, () => close(requestId, { type: 'system', reason: 'withdrawn' }));
    },

    answer({ commandId, requestId, by, action, content }) {
      if (!journal.state.pendingElicitations.some((pending) => pending.requestId === requestId)) {
        journal.append({ kind: 'command_rejected', commandId, code: 'ELICITATION_NOT_FOUND' });
        return;
      }
      const given = action === 'accept' ? { action, content: content ?? {} } : { action };
      journal.append({ kind: 'elicitation_resolved', requestId, commandId, by, ...given });
      waiting.giveSynced(requestId, given);
    },

    closeAll(reason) {
      for (const { requestId } of journal.state.pendingElicitations) close(requestId, { type: 'system', reason });
    },
  };
}
