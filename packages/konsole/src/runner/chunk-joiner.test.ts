import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChunkJoiner } from './chunk-joiner.ts';

type Update = Readonly<Record<string, unknown>>;

function chunk(text: string, fields: Record<string, unknown> = {}): Update {
  return { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text }, ...fields };
}

/** A joiner on a clock that only the test moves. */
function createDrivenJoiner() {
  const written: Update[] = [];
  let time = 1000;
  let timer: { at: number; callback: () => void } | undefined;
  const joiner = createChunkJoiner({
    write: (update) => written.push(update),
    now: () => time,
    setTimer: (callback, ms) => {
      timer = { at: time + ms, callback };
      return setTimeout(() => undefined, 0);
    },
  });
  const advance = (ms: number): void => {
    time += ms;
    if (timer === undefined || timer.at > time) return;
    const { callback } = timer;
    timer = undefined;
    callback();
  };
  return {
    joiner,
    written,
    advance,
    texts: () => written.map((update) => (update['content'] as { text: string }).text),
  };
}

describe('createChunkJoiner', () => {
  it('[EVT2] writes the first chunk of a burst at once and joins what follows within 4 ms', () => {
    const { joiner, texts, advance } = createDrivenJoiner();
    joiner.add(chunk('a'));
    expect(texts()).toEqual(['a']);
    joiner.add(chunk('b'));
    joiner.add(chunk('c'));
    expect(texts()).toEqual(['a']);
    advance(4);
    expect(texts()).toEqual(['a', 'bc']);
  });

  it('[EVT2] writes chunks that are 10 ms apart one by one', () => {
    const { joiner, texts, advance } = createDrivenJoiner();
    for (const text of ['a', 'b', 'c']) {
      joiner.add(chunk(text));
      advance(10);
    }
    expect(texts()).toEqual(['a', 'b', 'c']);
  });

  it('[EVT2] joins no chunks of different messages, kinds or metadata, and lets nothing overtake', () => {
    const { joiner, written } = createDrivenJoiner();
    const updates = [
      chunk('a', { messageId: '1' }),
      chunk('b', { messageId: '2' }),
      { ...chunk('c'), sessionUpdate: 'agent_thought_chunk' },
      chunk('d', { _meta: { x: 1 } }),
      { sessionUpdate: 'tool_call', toolCallId: 't' },
    ];
    for (const update of updates) joiner.add(update);
    joiner.flush();
    expect(written).toEqual(updates);
  });

  it('[EVT2] loses, doubles and reorders no text, whatever the timing', () => {
    const step = fc.record({
      waitMs: fc.nat(6),
      text: fc.string({ minLength: 1, maxLength: 3 }),
      messageId: fc.constantFrom('1', '2'),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { joiner, written, advance } = createDrivenJoiner();
        for (const { waitMs, text, messageId } of steps) {
          advance(waitMs);
          joiner.add(chunk(text, { messageId }));
        }
        joiner.flush();
        const flatten = (updates: readonly Update[]): string =>
          updates
            .flatMap((update) =>
              (update['content'] as { text: string }).text
                .split('')
                .map((letter) => `${String(update['messageId'])}${letter}`),
            )
            .join();
        expect(flatten(written)).toBe(flatten(steps.map(({ text, messageId }) => chunk(text, { messageId }))));
      }),
    );
  });
});
