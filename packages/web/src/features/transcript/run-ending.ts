import type { RunEndItem } from '@konui/client';
import { en } from '../../text/en.ts';

export interface RunEnding {
  readonly tone: 'quiet' | 'problem';
  readonly text: string;
  /** The same prompt may do better another time. */
  readonly canTryAgain: boolean;
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
  const problem = (text: string): RunEnding => ({ tone: 'problem', text, canTryAgain: true });
  if (end.aborted) return { tone: 'quiet', text: en.run.stopped, canTryAgain: false };
  if (facts.limit !== undefined) return problem(limitText(facts.limit));
  switch (end.stopReason) {
    case 'end_turn':
      return end.success ? { tone: 'quiet', text: en.run.finished, canTryAgain: false } : problem(failedText(message));
    case 'cancelled':
      return { tone: 'quiet', text: en.run.stopped, canTryAgain: false };
    case 'max_tokens':
      return problem(en.run.maxTokens);
    case 'max_turn_requests':
      return problem(en.run.maxRequests);
    case 'refusal':
      return problem(en.run.refused);
    case 'error':
      return problem(failedText(message));
    case 'agent_exited':
      return problem(message === '' ? en.run.agentExited : en.run.agentExitedWith(message));
    case 'interrupted':
      return problem(en.run.interrupted);
    default:
      return end.success
        ? { tone: 'quiet', text: en.run.other(end.stopReason), canTryAgain: false }
        : problem(en.run.other(message || end.stopReason));
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
