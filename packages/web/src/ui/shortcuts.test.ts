import { describe, expect, it } from 'vitest';
import { isPressed, isSingleKey, type KeyPress, keyCaps } from './shortcuts.ts';

const press = (key: string, over: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...over,
});

describe('a shortcut', () => {
  it.each([
    ['Mod+k', press('k', { ctrlKey: true }), true],
    ['Mod+k', press('k', { metaKey: true }), true],
    ['Mod+k', press('k'), false],
    ['Mod+k', press('k', { ctrlKey: true, altKey: true }), false],
    ['Mod+k', press('K', { ctrlKey: true, code: 'KeyK' }), true],
    ['Ctrl+Alt+n', press('ñ', { ctrlKey: true, altKey: true, code: 'KeyN' }), true],
    ['Alt+ArrowDown', press('ArrowDown', { altKey: true }), true],
    ['Alt+ArrowDown', press('ArrowDown'), false],
    ['?', press('?', { shiftKey: true }), true],
    ['/', press('/'), true],
    ['c', press('c', { ctrlKey: true }), false],
    ['c', press('C', { shiftKey: true }), false],
  ])('%s, pressed %j: %s', (keys, pressed, answer) => {
    expect(isPressed(keys, pressed)).toBe(answer);
  });

  it('of two keys is found by the place of each', () => {
    expect(isPressed('g h', press('g'), 0)).toBe(true);
    expect(isPressed('g h', press('h'), 0)).toBe(false);
    expect(isPressed('g h', press('h'), 1)).toBe(true);
  });

  it('is a single key if nothing is held beside it', () => {
    expect(['g h', '?', '['].every(isSingleKey)).toBe(true);
    expect(['Mod+k', 'Alt+ArrowUp', 'Ctrl+Alt+n'].some(isSingleKey)).toBe(false);
  });

  it('is printed as the keyboard has it', () => {
    expect(keyCaps('Mod+k', true)).toEqual(['⌘', 'K']);
    expect(keyCaps('Mod+k', false)).toEqual(['Ctrl', 'K']);
    expect(keyCaps('Alt+ArrowDown', false)).toEqual(['Alt', '↓']);
    expect(keyCaps('g h', false)).toEqual(['G', 'H']);
  });
});
