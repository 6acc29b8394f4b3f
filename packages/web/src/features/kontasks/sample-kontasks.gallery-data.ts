import type { KontaskInboxChange, KontasksApi } from '@konui/client';
import { type CommitAnswer, Kontask, KontaskAnswer, KontaskSummary, KonuiError } from '@konui/protocol';
import architecture from '../../../../../examples/kontasks/architecture.json';
import implementation from '../../../../../examples/kontasks/console-implementation.json';
import statusReport from '../../../../../examples/kontasks/status-report.json';

/** For galleries: the examples as they are imported. */
export const sampleKontasks: readonly Kontask[] = [implementation, statusReport, architecture].map((each) =>
  Kontask.parse(each),
);

export function sampleAnswer(kontask: Kontask, over: Partial<KontaskAnswer> = {}): KontaskAnswer {
  return KontaskAnswer.parse({
    kontask,
    version: 1,
    isUnread: false,
    history: [{ at: kontask.createdAt, by: { type: 'inject', name: kontask.createdBy }, change: 'imported' }],
    actions: [],
    ...over,
  });
}

export function sampleRow(n: number, over: Partial<KontaskSummary> = {}): KontaskSummary {
  return KontaskSummary.parse({
    id: `k${n}`,
    type: 'general',
    status: 'completed',
    title: `Report ${n}`,
    description: 'What was found, and what to do next',
    createdBy: 'claude',
    createdAt: '2024-01-02T03:04:05.000Z',
    updatedAt: '2024-01-02T03:04:05.000Z',
    scope: 'shop',
    tags: ['console', 'ui'],
    targetUser: 'claude',
    version: 1,
    isUnread: n === 1,
    ...over,
  });
}

const pending = (): Promise<never> => new Promise(() => undefined);
const gone = (): Promise<never> => Promise.reject(new KonuiError('HOST_UNREACHABLE', 'the gateway does not answer'));

/** Answers what it is given; everything else never. */
export function sampleApi(over: Partial<KontasksApi> = {}): KontasksApi {
  return {
    list: pending,
    facets: async () => ({ types: ['general'], scopes: ['shop'], tags: ['console', 'ui'], targetUsers: ['claude'] }),
    get: pending,
    create: gone,
    import: gone,
    change: gone,
    remove: gone,
    claim: gone,
    markRead: gone,
    choose: pending,
    commit: pending,
    ...over,
  };
}

export const sampleInbox = {
  onChange: (_listener: (change: KontaskInboxChange) => void) => () => undefined,
  subscribe: (_listener: () => void) => () => undefined,
  expect: (_id: string) => undefined,
};

const PATCH = `@@ -1,4 +1,5 @@ export function connect
 import { open } from './socket.ts';
-export function connect(url) {
+export function connect(url, { retry = true } = {}) {
+  const socket = open(url);
   return socket;
 }
@@ -40,3 +41,2 @@
 const last = 1;
-const unused = 2;
 export { last };
`;

export const sampleCommit: CommitAnswer = {
  sha: '50d3593a9d1c0f6f2f1b7a1d1d4e0f6a7b8c9d0e',
  repository: '/home/me/shop',
  authorName: 'Ada Example',
  authorEmail: 'ada@example.org',
  authoredAt: '2024-01-02T03:04:05Z',
  subject: 'Keep the console’s socket open between turns',
  body: 'The stream per request fell apart\nwhen an agent ended early.',
  parents: [],
  files: [
    { path: 'src/console/client.ts', status: 'modified', additions: 2, deletions: 2, isBinary: false, patch: PATCH },
    { path: 'src/console/large.json', status: 'added', additions: 90_000, deletions: 0, isBinary: false },
    { path: 'docs/picture.png', status: 'added', isBinary: true },
    {
      path: 'docs/new-name.md',
      oldPath: 'docs/old-name.md',
      status: 'renamed',
      additions: 0,
      deletions: 0,
      isBinary: false,
      patch: 'similarity index 100%\n',
    },
  ],
};
