import { describe, expect, it } from 'vitest';
import { otherHost, safeLink } from './safe-link.ts';

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

describe('otherHost', () => {
  it.each([
    ['https://bank.example', 'https://evil.test/x', 'evil.test'],
    ['www.bank.com', 'https://evil.test', 'evil.test'],
    ['github.com', 'https://evil.test', 'evil.test'],
    ['https://gіthub.com', 'https://gіthub.com', 'xn--gthub-n2e.com'],
    ['go to github.com now', 'https://github.com.evil.test/', 'github.com.evil.test'],
    ['https://user@evil.test', 'https://evil.test', undefined],
    ['github.com/a', 'https://www.github.com/a', undefined],
    ['src/main.ts', 'https://github.com/a/main.ts', undefined],
    ['the docs', 'https://evil.test', undefined],
  ])('%s to %s: %s', (text, href, host) => expect(otherHost(text, href)).toBe(host));
});
