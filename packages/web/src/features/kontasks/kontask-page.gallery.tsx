import type { KontaskLayoutsState, KontasksApi } from '@konui/client';
import { Kontask, KonuiError } from '@konui/protocol';
import type { ReactNode } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { sampleSession, sampleSessions } from '../../gallery/sample-sessions.ts';
import { KontaskPage, type KontaskPageProps } from './kontask-page.tsx';
import { sampleAnswer, sampleApi, sampleCommit, sampleInbox, sampleKontasks } from './sample-kontasks.gallery-data.ts';
import { sampleLayouts, sampleReview } from './sample-layouts.gallery-data.ts';

const nothing = (): void => undefined;

const withRepository = [...sampleSessions, sampleSession(20, 'Console', { projectPath: '/home/me/vibetools' })];

function shown(
  over: Partial<KontasksApi>,
  layouts: KontaskLayoutsState = sampleLayouts(),
  sessions = withRepository,
): ReactNode {
  return shownWith({ api: sampleApi(over), layouts, sessions });
}

function shownWith(
  over: Pick<KontaskPageProps, 'api' | 'layouts' | 'sessions'> & Partial<KontaskPageProps>,
): ReactNode {
  return (
    <main className="gallery-page">
      <KontaskPage
        kontaskId="k1"
        inbox={sampleInbox}
        sessionsState="ready"
        createSession={() => new Promise(nothing)}
        reportAddress={async () => 'about:blank'}
        scopes={['shop']}
        onRemoved={nothing}
        {...over}
      />
    </main>
  );
}

const withCommit = { commit: async () => sampleCommit };
const withoutCommit: Partial<KontasksApi> = {
  commit: () => Promise.reject(new KonuiError('COMMIT_NOT_FOUND', 'there is no such commit in vibetools')),
};
const example = (index: number, over: Partial<KontasksApi>, sessions = withRepository): ReactNode => {
  const kontask = sampleKontasks[index];
  return kontask === undefined
    ? null
    : shown({ get: async () => sampleAnswer(kontask), ...over }, sampleLayouts(), sessions);
};
const request = (over: object): Kontask =>
  Kontask.parse({
    ...sampleKontasks[0],
    status: 'requested',
    title: 'Look why the build is slow',
    createdBy: 'me',
    ...over,
  });

export const gallery = defineGallery({
  name: 'kontask-page',
  isAlone: true,
  states: {
    implementation: () => example(0, withCommit),
    'status-report': () => example(1, {}),
    architecture: () => example(2, {}),
    // What stands below the report waits for its height.
    'report-loading': () => {
      const api = sampleApi({ get: async () => sampleAnswer(request({ context: { output: '<p>Done</p>' } })) });
      return shownWith({
        api,
        layouts: sampleLayouts(),
        sessions: withRepository,
        reportAddress: () => new Promise(nothing),
      });
    },
    'no-repository': () => example(0, {}, [...sampleSessions]),
    'no-commit': () => example(0, withoutCommit),
    requested: () =>
      shown({ get: async () => sampleAnswer(request({ context: { request: 'Measure it first.\nThen fix it.' } })) }),
    'with-layout': () => shown({ get: async () => sampleAnswer(sampleReview) }),
    'empty-layout': () => shown({ get: async () => sampleAnswer(request({ type: 'review' })) }),
    'broken-layout': () =>
      shown({ get: async () => sampleAnswer(request({ type: 'broken', context: { request: 'Measure it first.' } })) }),
    'layouts-loading': () => shown({ get: async () => sampleAnswer(request({})) }, { state: 'loading' }),
    'layouts-failed': () =>
      shown({ get: async () => sampleAnswer(request({})) }, { state: 'failed', why: 'the gateway does not answer' }),
    loading: () => shown({}),
    missing: () =>
      shown({ get: () => Promise.reject(new KonuiError('KONTASK_NOT_FOUND', 'there is no such kontask')) }),
    failed: () =>
      shown({ get: () => Promise.reject(new KonuiError('HOST_UNREACHABLE', 'the gateway does not answer')) }),
  },
});
