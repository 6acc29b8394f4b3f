import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { ownSession } from './own-session.ts';

it('[INJ4] is the first half of the mark that the processes of an agent carry', () => {
  const sessionId = randomUUID();
  expect(ownSession({ KONUI_MARKER: `${sessionId}:${randomUUID()}` })).toBe(sessionId);
});

it('is nothing outside of an agent, and in an environment that is not one of ours', () => {
  for (const mark of [undefined, '', 'yes', randomUUID(), `x${randomUUID()}:1`, `${randomUUID().slice(1)}:1`]) {
    expect(ownSession({ KONUI_MARKER: mark })).toBeUndefined();
  }
});
