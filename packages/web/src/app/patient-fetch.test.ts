import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPatientFetch } from './patient-fetch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A line on which nothing passes. */
const hang = ((_input, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
  })) satisfies typeof fetch;

const ended = async (answer: Promise<Response>): Promise<string> =>
  Promise.race([answer.then(() => 'answered', String), Promise.resolve('hangs')]);

describe('a request on a line that has gone dead', () => {
  it('is given up once the connection is known to be lost, and not before', async () => {
    let isLost = false;
    const answer = createPatientFetch(hang, () => isLost)('http://x.test/api/a');
    answer.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await ended(answer)).toBe('hangs');
    isLost = true;
    await vi.advanceTimersByTimeAsync(10_000);
    await expect(answer).rejects.toThrow('the connection is lost');
  });

  it('goes on where it may have done something', async () => {
    const answer = createPatientFetch(hang, () => true)('http://x.test/api/a', { method: 'POST' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await ended(answer)).toBe('hangs');
  });

  it('ends when its caller gives it up', async () => {
    const caller = new AbortController();
    const answer = createPatientFetch(hang, () => false)('http://x.test/api/a', { signal: caller.signal });
    caller.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
  });
});
