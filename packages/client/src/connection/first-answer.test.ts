import { expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { firstAnswer } from './first-answer.ts';

/** Requests that the test answers, in the order in which they were asked. */
function createServer() {
  const asked: { answer: (text: string) => void; refuse: (error: Error) => void; signal: AbortSignal }[] = [];
  const ask = (signal: AbortSignal): Promise<string> => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    asked.push({ answer: resolve, refuse: reject, signal });
    return promise;
  };
  return { asked, ask };
}

it('asks once where the answer comes soon', async () => {
  const { asked, ask } = createServer();
  const clock = new FakeClock();
  const answer = firstAnswer(ask, { signal: new AbortController().signal, clock });
  asked[0]?.answer('one');
  expect(await answer).toBe('one');
  clock.advance(10_000);
  expect(asked).toHaveLength(1);
});

it('asks beside a request that hangs, takes the first answer, and gives the others up', async () => {
  const { asked, ask } = createServer();
  const clock = new FakeClock();
  const answer = firstAnswer(ask, { signal: new AbortController().signal, clock });
  clock.advance(1_000);
  expect(asked).toHaveLength(3);
  asked[2]?.answer('three');
  expect(await answer).toBe('three');
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true, true]);
});

it('asks at most six times at once, and gives all up when nobody wants an answer any more', async () => {
  const { asked, ask } = createServer();
  const clock = new FakeClock();
  const wanted = new AbortController();
  const answer = firstAnswer(ask, { signal: wanted.signal, clock });
  clock.advance(60_000);
  expect(asked).toHaveLength(6);
  wanted.abort(new Error('enough'));
  await expect(answer).rejects.toThrow('enough');
  expect(asked.every(({ signal }) => signal.aborted)).toBe(true);
});

it('takes a refusal for an answer', async () => {
  const { asked, ask } = createServer();
  const answer = firstAnswer(ask, { signal: new AbortController().signal, clock: new FakeClock() });
  asked[0]?.refuse(new Error('401'));
  await expect(answer).rejects.toThrow('401');
});
