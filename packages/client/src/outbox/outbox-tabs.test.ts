import { newId, PromptId } from '@konui/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Harness, S, watch } from '../testing/harness.ts';
import { createMemoryStorage } from './outbox-storage.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await Harness.start();
});
afterEach(() => harness.stop());

describe('prompts of several tabs on one storage', () => {
  it('[C8] a prompt that is sent again after its event was seen is not pending for ever', async () => {
    const connection = await harness.connected();
    const page = watch(connection);
    const clientMessageId = newId(PromptId);
    await connection.send(S, 'hello', { clientMessageId }).settled;
    await page.until(1);
    await connection.send(S, 'hello', { clientMessageId }).settled;
    expect(connection.pending(S)).toEqual([]);
    expect(harness.gateway.log(S)).toHaveLength(1);
  });

  it('[C8] a prompt that history has shown is not pending once it is accepted', async () => {
    harness.gateway.onCommand = () => 'lose_ack';
    const storage = createMemoryStorage();
    const offline = harness.create({ storage });
    const { commandId } = offline.send(S, 'hello');
    const shown = harness.gateway.append(S, { kind: 'prompt', promptId: commandId, content: [] });
    const other = await harness.connected({ storage });
    const page = watch(other, { seq: 1 });
    await page.caughtUp;
    other.sawEvents([shown]);
    expect(other.pending(S)).toEqual([]);
    offline.close();
  });

  it('[C8] what another tab has delivered is not sent again', async () => {
    const storage = createMemoryStorage();
    const first = harness.create({ storage });
    first.send(S, 'hello');
    const second = harness.create({ storage });
    const [pending] = second.pending(S);
    first.connect();
    await harness.gateway.until(() => harness.gateway.framesOf('chat.send').length === 1);
    const { promise, resolve } = Promise.withResolvers<void>();
    first.onPendingChange(() => first.pending().length === 0 && resolve());
    if (first.pending().length > 0) await promise;
    const gone = Promise.withResolvers<void>();
    second.onPendingChange(() => second.pending().length === 0 && gone.resolve());
    second.connect();
    await gone.promise;
    expect(harness.gateway.framesOf('chat.send').map((frame) => frame.clientMessageId)).toEqual([pending?.commandId]);
  });
});
