import type { CommandOutcome, QueueChange } from '@konui/client';
import { describe, expect, it } from 'vitest';
import { createQueueChanges } from './queue-changes.ts';

const at = '2026-01-01T00:00:00.000Z';
const promptId = '00000000-0000-4000-8000-000000000001';
const remove = { action: 'remove', promptId } as const;

/** A queue whose host is the test. */
function createHost() {
  const sent: { commandId: string; change: QueueChange; settle: (outcome: CommandOutcome) => void }[] = [];
  let version = 7;
  const changes = createQueueChanges({
    send(change) {
      const { promise, resolve } = Promise.withResolvers<CommandOutcome>();
      const commandId = `command ${sent.length + 1}`;
      sent.push({ commandId, change, settle: resolve });
      return { commandId, settled: promise };
    },
    version: () => version,
  });
  const answer = (index: number, kind: string, fields: object = {}) => {
    if (kind !== 'command_rejected') version += 1;
    changes.onEvent({ seq: 1, sessionId: '', at, kind, commandId: sent[index]?.commandId, ...fields });
  };
  return { changes, sent, answer };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('createQueueChanges', () => {
  it('[QUE1] names the version that was seen, and is done when the log says so', async () => {
    const { changes, sent, answer } = createHost();
    const done = changes.request(remove);
    await turn();
    expect(sent[0]?.change).toEqual({ ...remove, queueVersion: 7 });
    sent[0]?.settle({ state: 'accepted' });
    answer(0, 'prompt_removed');
    expect(await done).toEqual({ state: 'done' });
  });

  it('counts its own changes that are on their way, so that two quick clicks both count', async () => {
    const { changes, sent, answer } = createHost();
    const both = [changes.request(remove), changes.request({ action: 'hold' }), changes.request(remove)];
    await turn();
    expect(sent).toHaveLength(1);
    answer(0, 'prompt_removed');
    await turn();
    answer(1, 'queue_held');
    await turn();
    expect(sent.map(({ change }) => change)).toEqual([
      { ...remove, queueVersion: 7 },
      { action: 'hold' },
      { ...remove, queueVersion: 9 },
    ]);
    answer(2, 'prompt_removed');
    expect((await Promise.all(both)).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  it('[QUE1] does nothing that was built upon a change that was refused', async () => {
    const { changes, sent, answer } = createHost();
    const both = [changes.request(remove), changes.request(remove)];
    await turn();
    answer(0, 'command_rejected', { code: 'QUEUE_CHANGED' });
    expect(await Promise.all(both)).toEqual([{ state: 'stale' }, { state: 'stale' }]);
    expect(sent).toHaveLength(1);
    void changes.request(remove);
    await turn();
    expect(sent).toHaveLength(2);
  });

  it.each([
    [{ state: 'refused', code: 'QUEUE_CHANGED', message: '' }, { state: 'stale' }],
    [{ state: 'refused', code: 'PROMPT_NOT_QUEUED', message: '' }, { state: 'not_queued' }],
    [
      { state: 'refused', code: 'TOO_MANY', message: 'wait' },
      { state: 'failed', message: 'wait' },
    ],
  ] as const)('says what became of one that was not accepted: %j', async (outcome, result) => {
    const { changes, sent } = createHost();
    const done = changes.request(remove);
    await turn();
    sent[0]?.settle(outcome);
    expect(await done).toEqual(result);
  });
});
