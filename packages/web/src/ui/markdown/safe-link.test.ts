import { describe, expect, it } from 'vitest';
import { safeLink } from './safe-link.ts';

describe('safeLink', () => {
  it.each(['https://example.com/a?b#c', 'http://localhost:3000', 'mailto:a@b.c'])('opens %s', (href) =>
    expect(safeLink(href)).toBe(href),
  );

  it.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'src/main.ts',
    '/etc',
    '',
    '#x',
  ])('opens nothing for %j', (href) => expect(safeLink(href)).toBeUndefined());
});
