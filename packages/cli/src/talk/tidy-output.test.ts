import { expect, it } from 'vitest';
import { MAX_INJECTED_CHARACTERS, tidyOutput } from './tidy-output.ts';

it('[INJ6] takes colours, links and cursor movements out, and leaves the words', () => {
  const output = '\u001b[1;31mFAIL\u001b[0m \u001b]8;;https://a.example\u0007cart.test.ts\u001b]8;;\u0007\u001b[2K\r\n';
  expect(tidyOutput(`${output}  expected 1\r\n`)).toBe('FAIL cart.test.ts\n  expected 1');
});

it('[INJ6] keeps the last state of a line that was drawn over and over', () => {
  expect(tidyOutput('10 %\r50 %\r100 %\ndone\rready\n')).toBe('100 %\nready');
});

it('[INJ6] keeps the beginning and the end of a long text and says what is left out', () => {
  const output = `make test\n${'😀'.repeat(5_000_000)}\n2 tests failed`;
  const text = tidyOutput(output);
  expect(text.length).toBeLessThanOrEqual(MAX_INJECTED_CHARACTERS);
  expect(text.startsWith('make test\n😀')).toBe(true);
  expect(text.endsWith('😀\n2 tests failed')).toBe(true);
  expect(text.match(/\n\n\[.*\]\n\n/)?.[0]).toBe('\n\n[9,900,226 of 10,000,025 characters are left out here]\n\n');
  expect(text.isWellFormed()).toBe(true);
});

it('[INJ6] leaves a text as it is that needs nothing', () => {
  const text = 'a\tb\n\n  c — ü';
  expect(tidyOutput(text)).toBe(text);
});
