import { describe, expect, it } from 'vitest';
import { matchingCommands } from './slash-commands.ts';

const commands = ['init', 'review', 'compact', 'pr-review'].map((name) => ({ name, description: '' }));
const names = (text: string) => matchingCommands(text, commands).map((command) => command.name);

describe('matchingCommands', () => {
  it('offers all commands after a slash', () => expect(names('/')).toHaveLength(4));
  it('offers those that begin so first, then those that contain it', () =>
    expect(names('/RE')).toEqual(['review', 'pr-review']));
  it('offers none for other text or once an argument follows', () => {
    expect(names('see /init')).toEqual([]);
    expect(names('/init now')).toEqual([]);
    expect(names('')).toEqual([]);
  });
});
