import type { LayoutFileAnswer } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { followFile, type LayoutDraftState, settled, startDraft, written } from './layout-draft.ts';

const file = (version: string): LayoutFileAnswer => ({ type: 'a', file: 'a.json', text: `text ${version}`, version });
const typed = (base: LayoutFileAnswer | null, text: string): LayoutDraftState => ({
  state: 'ready',
  base,
  typed: text,
  other: undefined,
});

describe('[B6] the text of a layout while it is written', () => {
  it('follows its file as long as nobody touched it', () => {
    expect(followFile({ state: 'loading' }, null)).toEqual(startDraft(null));
    expect(followFile(startDraft(null), file('1'))).toEqual(startDraft(file('1')));
    expect(followFile(startDraft(file('1')), file('2'))).toEqual(startDraft(file('2')));
    expect(followFile({ state: 'unreadable', why: 'a link' }, file('1'))).toEqual(startDraft(file('1')));
  });

  it('stays as it was typed, and says that the file is another one, or gone, until somebody chooses', () => {
    const mine = typed(file('1'), 'mine');
    expect(followFile(mine, file('1'))).toEqual(mine);
    const changed = followFile(mine, file('2'));
    expect(changed).toEqual({ ...mine, other: file('2') });
    expect(settled(changed, 'theirs')).toEqual(startDraft(file('2')));
    expect(settled(changed, 'mine')).toEqual(typed(file('2'), 'mine'));
    expect(followFile(changed, file('1'))).toEqual(mine);
    expect(settled(followFile(mine, null), 'mine')).toEqual(typed(null, 'mine'));
  });

  it('is saved once its file says the same', () => {
    expect(followFile(typed(file('1'), 'text 2'), file('2'))).toEqual(startDraft(file('2')));
  });

  it('keeps what was typed while it was being saved', () => {
    expect(written(typed(file('1'), 'text 2'), file('2'))).toEqual(startDraft(file('2')));
    expect(written(startDraft(null), file('1'))).toEqual(startDraft(file('1')));
    expect(written(typed(file('1'), 'text 2 and more'), file('2'))).toEqual(typed(file('2'), 'text 2 and more'));
    expect(written(startDraft(file('1')), null)).toEqual(startDraft(null));
  });
});
