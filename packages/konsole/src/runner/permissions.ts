import { type Command, newId, type Origin, type PendingPermission, RequestId, RunId } from '@konui/protocol';
import type { PermissionOutcome, PermissionQuestion } from './agent/agent-connection.ts';
import type { SessionJournal } from './session-journal.ts';
import { createWaitingAnswers } from './waiting-answers.ts';

type PermissionCommand = Extract<Command, { type: 'permission' }>;

export interface Permissions {
  /** Writes the question to the log and waits, for ever, for its answer. */
  ask(question: PermissionQuestion, signal: AbortSignal): Promise<PermissionOutcome>;
  /** Answers the command with exactly one event (CMD7). */
  answer(command: PermissionCommand): void;
  /** Closes what is open: the run ends, so nobody can answer any more. */
  closeAll(reason: string): void;
}

/** Questions of the agent that wait for a person. What is open is the log's to say; here are only the waiting agent's ends. */
export function createPermissions(options: {
  journal: SessionJournal;
  /** The disk fails: the answer must not reach the agent. */
  onFatal: (error: unknown) => void;
}): Permissions {
  const { journal } = options;
  const waiting = createWaitingAnswers<PermissionOutcome>(options);

  const close = (requestId: string, by: Origin): void => {
    journal.append({ kind: 'permission_resolved', requestId: RequestId.parse(requestId), by });
    waiting.give(requestId, { outcome: 'cancelled' });
  };

  return {
    ask(question, signal) {
      const runId = journal.state.run?.runId ?? journal.state.lastRun?.runId;
      if (runId === undefined || signal.aborted) return Promise.resolve({ outcome: 'cancelled' });
      const requestId = newId(RequestId);
      journal.append({
        kind: 'permission_request',
        requestId,
        runId: RunId.parse(runId),
        toolCall: question.toolCall,
        options: [...question.options],
      });
      return waiting.wait(requestId, signal, () => close(requestId, { type: 'system', reason: 'withdrawn' }));
    },

    answer(command) {
      const { commandId, requestId, by, message } = command;
      const pending = journal.state.pendingPermissions.find((candidate) => candidate.requestId === requestId);
      if (pending === undefined) {
        journal.append({ kind: 'command_rejected', commandId, code: 'PERMISSION_NOT_FOUND' });
        return;
      }
      const option = chooseOption(pending, command);
      if (option === undefined) {
        journal.append({ kind: 'command_rejected', commandId, code: 'OPTION_NOT_FOUND' });
        return;
      }
      journal.append({
        kind: 'permission_resolved',
        requestId,
        commandId,
        by,
        optionId: option.optionId,
        optionKind: option.kind,
        ...(message === undefined ? {} : { message }),
      });
      waiting.giveSynced(requestId, { outcome: 'selected', optionId: option.optionId });
    },

    closeAll(reason) {
      for (const { requestId } of journal.state.pendingPermissions) close(requestId, { type: 'system', reason });
    },
  };
}

/** Option ids and their order differ from agent to agent, so `allow` alone chooses by kind. */
function chooseOption(
  pending: PendingPermission,
  { optionId, allow }: PermissionCommand,
): PendingPermission['options'][number] | undefined {
  if (optionId !== undefined) return pending.options.find((option) => option.optionId === optionId);
  const kinds = allow === true ? ['allow_once', 'allow_always'] : ['reject_once', 'reject_always'];
  for (const kind of kinds) {
    const option = pending.options.find((candidate) => candidate.kind === kind);
    if (option !== undefined) return option;
  }
  return undefined;
}
