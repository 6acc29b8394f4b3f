import { describe, expect, it } from 'vitest';
import { plainOutput } from './plain-output.ts';

describe('plainOutput', () => {
  it('removes colours, titles and links', () => {
    expect(
      plainOutput('\u001b[1;32mok\u001b[0m \u001b]0;title\u0007done \u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\'),
    ).toBe('ok done link');
  });

  it('shows a progress line as it was last', () => {
    expect(plainOutput('10%\r50%\r100%\nend\r\n')).toBe('100%\nend\n');
  });
});
