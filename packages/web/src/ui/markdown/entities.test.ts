import { describe, expect, it } from 'vitest';
import { decodeEntities } from './entities.ts';

describe('decodeEntities', () => {
  it.each([
    ['a &amp; b &lt;c&gt;', 'a & b <c>'],
    ['&#169; &#xA9; &copy;', '© © ©'],
    ['&nonsense; &#0; &#xD800; & &amp', '&nonsense; &#0; &#xD800; & &amp'],
    ['&amp;lt;', '&lt;'],
  ])('%s becomes %s', (text, decoded) => expect(decodeEntities(text)).toBe(decoded));
});
