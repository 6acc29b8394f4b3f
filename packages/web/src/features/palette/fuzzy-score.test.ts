import { describe, expect, it } from 'vitest';
import { fuzzyScore } from './fuzzy-score.ts';

const order = (query: string, texts: readonly string[]) =>
  texts
    .map((text) => ({ text, score: fuzzyScore(query, text) }))
    .filter(({ score }) => score !== undefined)
    .toSorted((one, other) => (other.score ?? 0) - (one.score ?? 0))
    .map(({ text }) => text);

describe('fuzzyScore', () => {
  it('finds characters in their order, and nothing else', () => {
    expect(fuzzyScore('fxl', 'Fix the login')).toBeDefined();
    expect(fuzzyScore('lxf', 'Fix the login')).toBeUndefined();
    expect(fuzzyScore('fixx', 'Fix the login')).toBeUndefined();
  });

  it('prefers beginnings of words', () => {
    expect(order('fl', ['Shelf list', 'Fix the login', 'a file left'])).toEqual([
      'Fix the login',
      'a file left',
      'Shelf list',
    ]);
  });

  it('prefers what stands there as it was typed', () => {
    expect(order('log', ['the large old grid', 'Update the logo', 'Login'])).toEqual([
      'Update the logo',
      'Login',
      'the large old grid',
    ]);
  });

  it('takes words in any order', () => {
    expect(fuzzyScore('login fix', 'Fix the login')).toBeDefined();
  });

  it('takes everything for nothing', () => {
    expect(fuzzyScore('', 'anything')).toBe(0);
    expect(fuzzyScore('  ', 'anything')).toBe(0);
  });

  it('is not slow on a long text of one letter', () => {
    expect(fuzzyScore('aaaaaaaaab', 'a'.repeat(300))).toBeUndefined();
  });
});
