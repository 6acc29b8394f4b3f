import type { RunEndItem } from '@konui/client';
import * as en from '../../text/en.ts';

export interface RunEnding {
  readonly tone: 'quiet' | 'problem';
  readonly text: string;
  /** What the button says that asks the same again, where that may do better. */
  readonly again: string | undefined;
}

/** What else the log says about a run's end. */
export interface RunEndingFacts {
  readonly error: { readonly code: string; readonly message: string } | undefined;
  readonly limit: { readonly message: string; readonly resetsAt: string | undefined } | undefined;
}

/** How a run ended, in words: the agent's own where it had any. */
export function runEnding(
  end: Pick<RunEndItem, 'stopReason' | 'success' | 'aborted'>,
  facts: RunEndingFacts,
): RunEnding {
  const message = facts.error?.message ?? '';
  const problem = (text: string, again: string = en.run.tryAgain): RunEnding => ({ tone: 'problem', text, again });
  const quiet = (text: string): RunEnding => ({ tone: 'quiet', text, again: undefined });
  if (end.aborted) return quiet(en.run.stopped);
  if (facts.limit !== undefined) return problem(limitText(facts.limit));
  switch (end.stopReason) {
    case 'end_turn':
      return end.success ? quiet(en.run.finished) : problem(failedText(message));
    case 'cancelled':
      return quiet(en.run.stopped);
    case 'max_tokens':
      return problem(en.run.maxTokens);
    case 'max_turn_requests':
      return problem(en.run.maxRequests);
    case 'refusal':
      return problem(message === '' ? en.run.refused : en.run.refusedWith(message));
    case 'error':
      return problem(facts.error?.code === 'AGENT_AUTH_REQUIRED' ? en.run.signInNeeded(message) : failedText(message));
    case 'agent_exited':
      return problem(message === '' ? en.run.agentExited : en.run.agentExitedWith(message));
    case 'interrupted':
      return problem(en.run.interrupted, en.run.sendAgain);
    default:
      return end.success ? quiet(en.run.other(end.stopReason)) : problem(en.run.other(message || end.stopReason));
  }
}

function failedText(message: string): string {
  return message === '' ? en.run.failed : en.run.failedWith(message);
}

function limitText({ message, resetsAt }: { message: string; resetsAt: string | undefined }): string {
  const reset = resetsAt === undefined ? undefined : new Date(resetsAt);
  const words =
    reset === undefined
      ? en.run.limitReached
      : en.run.limitResets(reset.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' }));
  return message === '' ? words : `${words} ${message}`;
}
