import { afterEach, beforeEach, expect, it } from 'vitest';
import { Harness, reaches, S } from '../testing/harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await Harness.start();
});
afterEach(() => harness.stop());

it('[PUSH3] says what a person looks at once, and again after a reconnect', async () => {
  const connection = await harness.connected();
  const said = () =>
    harness.gateway.framesOf('client.visibility').map(({ isVisible, sessionId }) => [isVisible, sessionId]);
  connection.setVisibility({ isVisible: true, sessionId: S });
  connection.setVisibility({ isVisible: true, sessionId: S });
  await harness.gateway.until(() => said().length === 1);
  harness.gateway.cut();
  await reaches(connection, 'waiting');
  connection.setVisibility({ isVisible: false });
  connection.retry();
  await harness.gateway.until(() => said().length === 2);
  expect(said()).toEqual([
    [true, S],
    [false, undefined],
  ]);
});
