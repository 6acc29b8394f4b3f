import { describe, expect, it } from 'vitest';
import { type PaletteEntry, paletteResults } from './palette-entry.ts';

const entry = (label: string, over: Partial<PaletteEntry> = {}): PaletteEntry => ({
  id: label,
  group: 'sessions',
  label,
  icon: 'bubble',
  run: () => undefined,
  ...over,
});
const labels = (entries: readonly PaletteEntry[]) => entries.map(({ label }) => label);

describe('the palette', () => {
  it('begins with the sessions of the last turns and all actions', () => {
    const sessions = Array.from({ length: 20 }, (_, index) => entry(`session ${index}`));
    const shown = labels(paletteResults([...sessions, entry('New session', { group: 'actions' })], ' '));
    expect(shown).toHaveLength(9);
    expect(shown[0]).toBe('session 0');
    expect(shown.at(-1)).toBe('New session');
  });

  it('finds sessions by title, folder and agent, and a title before the rest', () => {
    const entries = [
      entry('Docs', { detail: 'login · codex' }),
      entry('Fix the login', { detail: 'web · claude' }),
      entry('Other', { detail: 'api · claude' }),
    ];
    expect(labels(paletteResults(entries, 'login'))).toEqual(['Fix the login', 'Docs']);
    expect(labels(paletteResults(entries, 'other claude'))).toEqual(['Other']);
    expect(labels(paletteResults(entries, 'codex'))).toEqual(['Docs']);
  });

  it('keeps the order of what fits equally', () => {
    expect(labels(paletteResults([entry('b one'), entry('a one')], 'one'))).toEqual(['b one', 'a one']);
  });
});
