import type { KontasksApi } from '@konui/client';
import { KonuiError } from '@konui/protocol';
import type { ReactNode } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { KontasksPage } from './kontasks-page.tsx';
import { parseListQuery } from './kontask-query.ts';
import { sampleApi, sampleInbox, sampleRow } from './sample-kontasks.gallery-data.ts';

const nothing = (): void => undefined;
const rows = [
  sampleRow(1, { title: 'WebSocket Implementation Status Report' }),
  sampleRow(2, { status: 'requested', createdBy: 'me', title: 'Look why the build is slow', isUnread: true }),
  sampleRow(3, { status: 'in_progress', tags: [] }),
  sampleRow(4, { status: 'failed', title: `A title of ${'many words '.repeat(14)}`, description: 'word '.repeat(90) }),
  sampleRow(5, { status: 'cancelled', title: `no-space-${'x'.repeat(160)}`, tags: ['y'.repeat(120)] }),
];
const answer = (kontasks: typeof rows, nextCursor: string | null = null): Partial<KontasksApi> => ({
  list: async () => ({ kontasks, nextCursor, total: kontasks.length, unread: kontasks.length === 0 ? 0 : 2 }),
});

function shown(search: string, over: Partial<KontasksApi>): ReactNode {
  return (
    <main className="gallery-page">
      <KontasksPage
        query={parseListQuery(search)}
        onQuery={nothing}
        api={sampleApi(over)}
        inbox={sampleInbox}
        scopes={['shop']}
        onOpen={nothing}
      />
    </main>
  );
}

export const gallery = defineGallery({
  name: 'kontasks-page',
  isAlone: true,
  states: {
    found: () => shown('', answer(rows, 'more')),
    filtered: () => shown('q=web&status=completed&tag=gone', answer(rows.slice(0, 1))),
    empty: () => shown('', answer([])),
    'none-found': () => shown('q=no+such', answer([])),
    loading: () => shown('', {}),
    failed: () =>
      shown('', { list: () => Promise.reject(new KonuiError('HOST_UNREACHABLE', 'the gateway does not answer')) }),
  },
});
