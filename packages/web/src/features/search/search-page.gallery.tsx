import { Provider, type SearchHit, Seq, SessionId } from '@konui/protocol';
import type { ReactNode } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { SearchPage, type SearchPageProps } from './search-page.tsx';
import { parsePageQuery } from './search-query.ts';

const nothing = () => undefined;
const hit = (session: number, seq: number, over: Partial<SearchHit> = {}): SearchHit => ({
  sessionId: SessionId.parse(`00000000-0000-4000-8000-00000000000${session}`),
  seq: Seq.parse(seq),
  at: '2024-01-02T03:04:05.000Z',
  kind: 'message',
  title: session === 1 ? 'Fix the login on phones' : null,
  projectPath: '/home/me/shop',
  provider: Provider.parse('claude'),
  snippet: { text: '… the login form loses its text when the keyboard opens …', marks: [[6, 11]] },
  ...over,
});
const hits = [
  hit(1, 3, { kind: 'prompt', snippet: { text: 'Fix the login', marks: [[8, 13]] } }),
  hit(1, 9),
  hit(1, 12, {
    kind: 'output',
    snippet: { text: `login-${'with-a-word-that-has-no-end'.repeat(8)}`, marks: [[0, 5]] },
  }),
  hit(2, 4, { kind: 'tool', snippet: { text: 'grep -rn login src', marks: [[9, 14]] } }),
];
const recent = { read: () => ['login', '"exit code 1" build'], add: nothing, clear: nothing };

function shown(search: string, over: Partial<SearchPageProps> = {}): ReactNode {
  return (
    <main className="gallery-page">
      <SearchPage
        query={parsePageQuery(search)}
        onQuery={nothing}
        search={async () => ({ hits, nextCursor: 'more' })}
        projects={['/home/me/shop', '/srv/api']}
        agents={['claude', 'codex']}
        recent={recent}
        {...over}
      />
    </main>
  );
}

export const gallery = defineGallery({
  name: 'search-page',
  isAlone: true,
  states: {
    empty: () => shown(''),
    found: () => shown('q=login'),
    filtered: () => shown('q=login&project=%2Fhome%2Fme%2Fshop&from=2024-01-01&archived=1'),
    none: () => shown('q=no+such+thing', { search: async () => ({ hits: [], nextCursor: null }) }),
    loading: () => shown('q=login', { search: () => new Promise(nothing) }),
    failed: () => shown('q=login', { search: () => Promise.reject(new Error('away')) }),
  },
});
