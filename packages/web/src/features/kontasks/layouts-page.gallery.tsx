import type { KontaskLayoutsState, LayoutsApi } from '@konui/client';
import { type Kontask, KonuiError } from '@konui/protocol';
import type { ReactNode } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { ALL_RIGHTS, OwnRightsProvider } from '../../ui/own-rights.ts';
import type { LayoutDrafts } from './layout-drafts.ts';
import { parseLayoutsQuery } from './layouts-address.ts';
import { LayoutsPage } from './layouts-page.tsx';
import { sampleAnswer, sampleApi, sampleInbox, sampleKontasks, sampleRow } from './sample-kontasks.gallery-data.ts';
import { sampleDrafts, sampleLayouts, sampleLayoutsApi, sampleReview } from './sample-layouts.gallery-data.ts';

const nothing = (): void => undefined;
const never = (): Promise<never> => new Promise(nothing);

interface Over {
  readonly layouts?: KontaskLayoutsState;
  readonly api?: Partial<LayoutsApi>;
  readonly kontask?: Kontask | undefined;
  readonly drafts?: LayoutDrafts;
}

function shown(search: string, over: Over = {}): ReactNode {
  const { layouts = sampleLayouts(), api = {}, kontask = sampleReview, drafts = sampleDrafts() } = over;
  const { id, title } = kontask;
  return (
    <main className="gallery-page">
      <LayoutsPage
        query={parseLayoutsQuery(search)}
        onQuery={nothing}
        layouts={layouts}
        onRetry={nothing}
        api={sampleLayoutsApi(api)}
        kontasks={sampleApi({
          list: async ({ type } = {}) => {
            const kontasks = type === kontask.type ? [sampleRow(9, { id, title })] : [];
            return { kontasks, nextCursor: null, total: kontasks.length, unread: 0 };
          },
          get: async () => sampleAnswer(kontask),
        })}
        inbox={sampleInbox}
        drafts={drafts}
      />
    </main>
  );
}

const [, statusReport] = sampleKontasks;
const nothingThere = sampleLayouts({ layouts: [], problems: [] });
const folder = '/home/me/.konui/layouts';
const unsaved = sampleDrafts({
  review: {
    state: 'ready',
    base: null,
    typed: '{"fields": [{"label": "Wish", "path": "context.request"}]}',
    other: undefined,
  },
  'a-new-type': { state: 'ready', base: null, typed: '{', other: undefined },
});
const readOnly = { ...ALL_RIGHTS, manage: false };

export const gallery = defineGallery({
  name: 'layouts-page',
  isAlone: true,
  states: {
    'with-preview': () => shown('type=review'),
    'not-saved': () => shown('type=review', { drafts: unsaved }),
    'broken-file': () => shown('type=broken&kontask=k9'),
    'no-file': () => shown('type=general', { kontask: statusReport }),
    'no-kontask': () => shown('type=inject-review'),
    'no-layouts': () => shown('', { layouts: nothingThere, kontask: statusReport }),
    'long-names': () =>
      shown('type=review', {
        layouts: sampleLayouts({
          problems: [{ file: `${'x'.repeat(120)}.json`, type: 'x'.repeat(120), problem: `fields: ${'y'.repeat(90)}` }],
        }),
      }),
    unreadable: () =>
      shown('type=review', {
        api: {
          read: () => Promise.reject(new KonuiError('STORAGE_FAILED', 'review.json: it is a symbolic link')),
        },
      }),
    'may-not-save': () => <OwnRightsProvider value={readOnly}>{shown('type=review')}</OwnRightsProvider>,
    'reading-file': () => shown('type=review', { api: { read: never } }),
    'folder-unreadable': () =>
      shown('', {
        layouts: sampleLayouts({
          layouts: [],
          problems: [{ file: folder, problem: 'the folder cannot be read (EACCES)' }],
        }),
      }),
    loading: () => shown('', { layouts: { state: 'loading' } }),
    failed: () => shown('', { layouts: { state: 'failed', why: 'the gateway does not answer' } }),
  },
});
