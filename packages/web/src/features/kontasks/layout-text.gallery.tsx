import type { ReactNode } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import review from '../../../../../examples/layouts/review.json';
import type { ReadyDraft } from './layout-draft.ts';
import { LayoutText } from './layout-text.tsx';

const nothing = (): void => undefined;
const text = JSON.stringify(review, null, 2);
const base = { type: 'review', file: 'review.json', text, version: '1' };
const never = (): Promise<never> => new Promise(nothing);

function shown(own: string, draft: ReadyDraft): ReactNode {
  return (
    <LayoutText
      text={own}
      file="review.json"
      suggestion={text}
      draft={draft}
      type={nothing}
      settle={nothing}
      save={never}
      remove={never}
    />
  );
}

const typed = text.replace('Request', 'Wish');

export const gallery = defineGallery({
  name: 'layout-text',
  states: {
    'as-its-file': () => shown(text, { state: 'ready', base, typed: undefined, other: undefined }),
    'new-file': () => shown(text, { state: 'ready', base: null, typed: undefined, other: undefined }),
    typed: () => shown(typed, { state: 'ready', base, typed, other: undefined }),
    'no-layout': () => shown('{"fields": {}}', { state: 'ready', base, typed: '{"fields": {}}', other: undefined }),
    'changed-meanwhile': () => shown(typed, { state: 'ready', base, typed, other: { ...base, version: '2' } }),
    'gone-meanwhile': () => shown(typed, { state: 'ready', base, typed, other: null }),
  },
});
