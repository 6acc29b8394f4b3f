import { describe, expect, it } from 'vitest';
import { messageText, thoughtSummary } from './message-text.ts';

describe('thoughtSummary', () => {
  it.each([
    ['**Reading the parser**\n\nIt does', 'Reading the parser'],
    ['\n\n---\n## Plan\n- a', 'Plan'],
    ['', ''],
    ['- `x` first', 'x first'],
  ])('%j: %j', (text, summary) => expect(thoughtSummary(text)).toBe(summary));
});

describe('messageText', () => {
  it('is the source of all text blocks', () =>
    expect(messageText([{ type: 'text', text: '# A' }, { type: 'image' }, { type: 'text', text: 'b' }])).toBe(
      '# A\n\nb',
    ));
});
