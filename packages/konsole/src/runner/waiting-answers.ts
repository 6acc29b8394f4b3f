import type { SessionJournal } from './session-journal.ts';

/** The agent's ends of its open questions. What is open, and how it was answered, is the log's to say. */
export interface WaitingAnswers<Outcome> {
  /** Waits, for ever, for the answer; `onWithdrawn` is called when the agent takes its question back before. */
  wait(requestId: string, signal: AbortSignal, onWithdrawn: () => void): Promise<Outcome>;
  /** The agent hears it at once. */
  give(requestId: string, outcome: Outcome): void;
  /** The agent hears it when everything that was appended before is on the disk (CMD7). */
  giveSynced(requestId: string, outcome: Outcome): void;
}

export function createWaitingAnswers<Outcome>(options: {
  journal: SessionJournal;
  /** The disk fails: the answer must not reach the agent. */
  onFatal: (error: unknown) => void;
}): WaitingAnswers<Outcome> {
  const { journal, onFatal } = options;
  const waiting = new Map<string, (outcome: Outcome) => void>();
  const take = (requestId: string): ((outcome: Outcome) => void) | undefined => {
    const resolve = waiting.get(requestId);
    waiting.delete(requestId);
    return resolve;
  };

  return {
    wait: (requestId, signal, onWithdrawn) =>
      new Promise((resolve) => {
        const onAbort = (): void => {
          if (waiting.has(requestId)) onWithdrawn();
        };
        signal.addEventListener('abort', onAbort, { once: true });
        waiting.set(requestId, (outcome) => {
          signal.removeEventListener('abort', onAbort);
          resolve(outcome);
        });
      }),
    give: (requestId, outcome) => take(requestId)?.(outcome),
    giveSynced(requestId, outcome) {
      const resolve = take(requestId);
      journal
        .sync()
        .then(() => resolve?.(outcome))
        .catch(onFatal);
    },
  };
}
