import type { HoldReason, RunId, SessionId, SignIn } from '@konui/protocol';
import type { Elicitations } from './elicitations.ts';
import type { Permissions } from './permissions.ts';
import type { RunOutcome } from './run-outcome.ts';
import type { SessionJournal } from './session-journal.ts';

export interface FinishRunOptions {
  readonly journal: SessionJournal;
  readonly permissions: Permissions;
  readonly elicitations: Elicitations;
  readonly sessionId: SessionId;
  readonly runId: RunId;
  readonly outcome: RunOutcome;
  /** How a person signs in to the agent, where that is known. */
  readonly signIn?: SignIn | undefined;
}

/** Writes a run's end: open calls and questions are closed (EVT6), then why it failed (EVT5), then the one `complete` (EVT3). */
export async function finishRun(options: FinishRunOptions): Promise<void> {
  const { journal, permissions, sessionId, runId, outcome } = options;
  const reason = outcome.aborted ? 'stopped' : outcome.stopReason === 'interrupted' ? 'runner_died' : 'run_ended';
  for (const toolCallId of Array.from(journal.state.openToolCalls)) {
    journal.appendUpdate({
      sessionUpdate: 'tool_call_update',
      toolCallId,
      status: 'failed',
      _meta: { konui: { closedBecause: reason } },
    });
  }
  permissions.closeAll(reason);
  options.elicitations.closeAll(reason);
  const { failure, stopReason, success, aborted, exitCode, usage } = outcome;
  if (failure?.code === 'LIMIT_REACHED') {
    const { message, resetsAt } = failure;
    journal.append({ kind: 'limit_reached', runId, message, ...(resetsAt === undefined ? {} : { resetsAt }) });
  }
  if (failure !== undefined) {
    const { code, message } = failure;
    const help = code === 'AGENT_AUTH_REQUIRED' && options.signIn !== undefined ? { signIn: options.signIn } : {};
    journal.append({ kind: 'error', code, message, runId, ...help });
  }
  journal.append({
    kind: 'complete',
    runId,
    actualSessionId: sessionId,
    stopReason,
    exitCode,
    success,
    aborted,
    ...(usage === undefined ? {} : { usage }),
  });
  if (!success && !outcome.continues && journal.state.queue.length > 0 && journal.state.queueHold === undefined) {
    journal.append({ kind: 'queue_held', reason: toHoldReason(outcome), by: { type: 'system', reason } });
  }
  await journal.sync();
}

/** What waits was written for a run that succeeded: it goes on when somebody says so. */
function toHoldReason({ aborted, failure, stopReason }: RunOutcome): HoldReason {
  if (aborted) return 'stopped';
  if (failure?.code === 'LIMIT_REACHED') return 'limit';
  if (stopReason === 'interrupted' || stopReason === 'agent_exited') return stopReason;
  return stopReason === 'refusal' ? 'refused' : 'error';
}
