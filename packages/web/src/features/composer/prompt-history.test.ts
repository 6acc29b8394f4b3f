import { describe, expect, it } from 'vitest';
import { historyStep } from './prompt-history.ts';

const history = ['one', 'two\nlines', 'three'];
const at = (index: number) => ({ index, text: history[index] ?? '' });
const step = (key: string, text: string, more: { caret?: number; place?: { index: number; text: string } } = {}) =>
  historyStep(key, { text, caret: more.caret ?? text.length, history, place: more.place });

describe('the prompts of before', () => {
  it('come back with ↑ in an empty field, the latest first', () => {
    expect(step('ArrowUp', '')).toEqual(at(2));
    expect(step('ArrowUp', 'three', { place: at(2) })).toEqual(at(1));
    expect(step('ArrowUp', 'one', { place: at(0) })).toBeUndefined();
  });

  it('leave the arrow keys to a text that somebody wrote or changed', () => {
    expect(step('ArrowUp', 'mine')).toBeUndefined();
    expect(step('ArrowUp', 'three!', { place: at(2) })).toBeUndefined();
    expect(step('ArrowDown', '')).toBeUndefined();
  });

  it('leave them to the lines of a prompt, until its first or last', () => {
    expect(step('ArrowUp', 'two\nlines', { place: at(1) })).toBeUndefined();
    expect(step('ArrowUp', 'two\nlines', { caret: 2, place: at(1) })).toEqual(at(0));
    expect(step('ArrowDown', 'two\nlines', { caret: 2, place: at(1) })).toBeUndefined();
    expect(step('ArrowDown', 'two\nlines', { place: at(1) })).toEqual(at(2));
  });

  it('end with the empty field', () => {
    expect(step('ArrowDown', 'three', { place: at(2) })).toBe('empty');
  });
});
