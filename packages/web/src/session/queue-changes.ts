import type { CommandHandle, QueueChange as VersionedChange } from '@konui/client';
import type { SessionEvent } from '@konui/protocol';
import type { QueueChange, QueueOutcome } from '../features/docks/queue/queue-outcome.ts';

export interface QueueChanges {
  /** Resolves when an event answers the change. Never rejects. */
  readonly request: (change: QueueChange) => Promise<QueueOutcome>;
  /** To be called with every event, in order, before it is drawn. */
  readonly onEvent: (event: SessionEvent) => void;
}

interface QueueChangesOptions {
  readonly send: (action: VersionedChange) => CommandHandle;
  /** Of the queue as the page shows it. */
  readonly version: () => number;
}

/**
 * Changes of the queue that this page asks for, one after the other: each names the version that its maker saw, plus
 * the changes that the same page had asked for before. So two quick clicks both count, and another's change in between
 * is noticed (QUE1).
 */
export function createQueueChanges({ send, version }: QueueChangesOptions): QueueChanges {
  /** Answers that events will bring, by command id. */
  const awaited = new Map<string, (outcome: QueueOutcome) => void>();
  let inFlight = 0;
  let last: Promise<QueueOutcome> = Promise.resolve({ state: 'done' });

  const perform = async (action: VersionedChange): Promise<QueueOutcome> => {
    const { commandId, settled } = send(action);
    const { promise, resolve } = Promise.withResolvers<QueueOutcome>();
    awaited.set(commandId, resolve);
    void settled.then((outcome) => {
      if (outcome.state !== 'accepted')
        resolve(toOutcome(outcome.state === 'refused' ? outcome.code : '', outcome.message));
    });
    const outcome = await promise;
    awaited.delete(commandId);
    return outcome;
  };

  return {
    request(change) {
      const queueVersion = version() + inFlight;
      const isFirst = inFlight === 0;
      inFlight += 1;
      const before = last;
      last = (async () => {
        const outcomeBefore = await before;
        // What this change built upon was not made: it would change something that its maker has not seen.
        const outcome: QueueOutcome =
          !isFirst && outcomeBefore.state !== 'done'
            ? { state: 'stale' }
            : await perform(withVersion(change, queueVersion));
        inFlight -= 1;
        return outcome;
      })();
      return last;
    },
    onEvent(event) {
      const commandId = event['commandId'];
      const resolve = typeof commandId === 'string' ? awaited.get(commandId) : undefined;
      if (event.kind !== 'command_rejected') resolve?.({ state: 'done' });
      else resolve?.(toOutcome(String(event['code']), String(event['message'] ?? event['code'])));
    },
  };
}

function withVersion(change: QueueChange, queueVersion: number): VersionedChange {
  return change.action === 'hold' || change.action === 'resume' ? change : { ...change, queueVersion };
}

function toOutcome(code: string, message: string): QueueOutcome {
  if (code === 'QUEUE_CHANGED') return { state: 'stale' };
  if (code === 'PROMPT_NOT_QUEUED') return { state: 'not_queued' };
  return { state: 'failed', message };
}
