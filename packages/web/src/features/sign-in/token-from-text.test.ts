import { describe, expect, it } from 'vitest';
import { tokenFromText } from './token-from-text.ts';

describe('tokenFromText', () => {
  it('finds the token in the printed link', () => {
    expect(tokenFromText(' http://127.0.0.1:4680/#token=abc_DEF-123 \n')).toBe('abc_DEF-123');
  });

  it('finds it in the whole line that was printed', () => {
    expect(tokenFromText('Konui is ready: http://127.0.0.1:4680/#token=abc_DEF-123')).toBe('abc_DEF-123');
  });

  it('takes a bare token', () => {
    expect(tokenFromText('abc_DEF-123456')).toBe('abc_DEF-123456');
  });

  it('finds none in another link, in words, or in nothing', () => {
    expect(tokenFromText('http://127.0.0.1:4680/')).toBeUndefined();
    expect(tokenFromText('no token here')).toBeUndefined();
    expect(tokenFromText('')).toBeUndefined();
    expect(tokenFromText('#token=%E0%A4%A')).toBeUndefined();
  });
});
