import { StopReason } from '@konui/protocol';
import type { PromptAnswer } from './agent/agent-connection.ts';
import type { AgentExit } from './agent/agent-process.ts';
import { parseSessionFailure, type PromptFailure } from './agent/session-failure.ts';

/** How a run ended, before it is written as `complete`. */
export interface RunOutcome {
  readonly stopReason: StopReason;
  readonly success: boolean;
  readonly aborted: boolean;
  readonly exitCode: number;
  readonly failure?: PromptFailure;
  readonly usage?: unknown;
  /** It was ended so that another prompt is sent now: what waits is not held. */
  readonly continues?: boolean;
}

/** 128 + SIGINT, as a shell reports a program that Ctrl-C ended. */
const ABORTED_EXIT_CODE = 130;

export const ABORTED: RunOutcome = {
  stopReason: 'cancelled',
  success: false,
  aborted: true,
  exitCode: ABORTED_EXIT_CODE,
};

export function failed(stopReason: StopReason, failure: PromptFailure, exitCode = 1): RunOutcome {
  return { stopReason, success: false, aborted: false, exitCode, failure };
}

export function fromExit(name: string, exit: AgentExit): RunOutcome {
  const how = exit.signal === null ? `with code ${exit.code}` : `by signal ${exit.signal}`;
  const words = exit.lastWords === '' ? '' : ` It said: ${exit.lastWords}`;
  const failure: PromptFailure = {
    code: 'AGENT_EXITED',
    message: `${name} exited ${how} in the middle of the run.${words}`,
  };
  return failed('agent_exited', failure, exit.code === 0 ? 1 : exit.code);
}

/** An agent that answers "end_turn" with a typed failure has failed, whatever its stop reason says. */
export function fromAnswer(answer: PromptAnswer): RunOutcome {
  const failure = parseSessionFailure(answer);
  if (failure !== undefined) return failed('error', failure);
  const parsed = StopReason.safeParse(answer['stopReason']);
  if (!parsed.success) {
    const message = `The agent ended the run with the unknown stop reason "${String(answer['stopReason'])}".`;
    return failed('error', { code: 'AGENT_PROTOCOL', message });
  }
  const stopReason = parsed.data;
  const success = stopReason !== 'cancelled' && stopReason !== 'refusal';
  const usage = answer['usage'];
  return { stopReason, success, aborted: false, exitCode: success ? 0 : 1, ...(usage == null ? {} : { usage }) };
}
