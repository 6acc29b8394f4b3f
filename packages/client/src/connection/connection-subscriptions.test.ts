import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Harness, range, reaches, S, watch } from '../testing/harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await Harness.start();
});
afterEach(() => harness.stop());

describe('subscriptions', () => {
  it('[A9] nothing is missing and nothing doubled over a dropped connection', async () => {
    harness.gateway.beginEpoch(S, 'e1');
    harness.fill(5);
    const connection = await harness.connected();
    const page = watch(connection);
    await page.until(6);
    harness.gateway.cut();
    await reaches(connection, 'waiting');
    harness.fill(4);
    connection.retry();
    await page.until(10);
    expect(page.heard).toEqual({
      seqs: range(10),
      resets: 0,
      lines: harness.gateway.log(S).map((event) => JSON.stringify(event)),
    });
    expect(harness.gateway.framesOf('chat.subscribe').at(-1)?.sessions).toEqual([
      { sessionId: S, lastSeq: 6, epoch: 'e1' },
    ]);
  });

  it('[SEQ6] what lies beyond a gap is not applied but fetched again from the cursor', async () => {
    harness.gateway.beginEpoch(S, 'e1');
    const connection = await harness.connected();
    const page = watch(connection);
    await page.caughtUp;
    let lost = 0;
    harness.gateway.loses = ({ seq }) => seq === 3 && (lost += 1) === 1;
    harness.fill(4);
    await page.until(5);
    expect(page.heard.seqs).toEqual(range(5));
  });

  it('[SEQ5] a cursor of an epoch that is gone resets the session and begins at its first event', async () => {
    harness.gateway.beginEpoch(S, 'e1');
    harness.fill(5);
    const connection = await harness.connected();
    const page = watch(connection);
    await page.until(6);
    harness.gateway.cut();
    await reaches(connection, 'waiting');
    harness.gateway.beginEpoch(S, 'e2', 3);
    connection.retry();
    await page.until(4);
    expect(page.heard).toMatchObject({ seqs: range(4), resets: 1 });
  });

  it('[GW6] a late joiner gets everything, and the first takes no harm', async () => {
    harness.gateway.beginEpoch(S, 'e1');
    harness.fill(3);
    const connection = await harness.connected();
    const first = watch(connection);
    await first.until(4);
    const second = watch(connection);
    await second.caughtUp;
    harness.fill(1);
    await Promise.all([first.until(5), second.until(5)]);
    expect([first.heard.seqs, second.heard.seqs]).toEqual([range(5), range(5)]);
  });

  it('a page that left and comes back with its cursor gets what is new', async () => {
    harness.gateway.beginEpoch(S, 'e1');
    harness.fill(3);
    const connection = await harness.connected();
    const first = watch(connection);
    await first.caughtUp;
    const cursor = first.unsubscribe.cursor();
    first.unsubscribe();
    await harness.gateway.until(() => harness.gateway.framesOf('chat.unsubscribe').length === 1);
    harness.fill(2);
    const second = watch(connection, cursor);
    await second.caughtUp;
    expect(second.heard.seqs).toEqual([5, 6]);
  });

  it('[GW5] readers that come before an answer wait for it, since a replaced subscribe gets none', async () => {
    harness.gateway.beginEpoch(S, 'e1');
    harness.fill(3);
    const connection = await harness.connected();
    const readers = [watch(connection)];
    for (let more = 0; more < 3; more += 1) {
      await Promise.resolve();
      readers.push(watch(connection));
    }
    await Promise.all(readers.map(({ caughtUp }) => caughtUp));
    expect(readers.map(({ heard }) => heard.seqs)).toEqual(readers.map(() => range(4)));
    expect(harness.gateway.framesOf('chat.subscribe').length).toBeLessThanOrEqual(2);
  });

  it('[C8] says how many events are still on their way', async () => {
    harness.fill(20);
    const connection = await harness.connected();
    const seen: number[] = [];
    connection.onFrame('chat_subscribed', () => seen.push(connection.missingEvents()));
    const page = watch(connection, { seq: 5 });
    await page.caughtUp;
    expect(seen).toEqual([15]);
    expect(connection.missingEvents()).toBe(0);
  });
});
