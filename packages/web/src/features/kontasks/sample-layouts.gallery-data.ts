import type { KontaskLayoutsState, LayoutsApi } from '@konui/client';
import { Kontask, KontaskLayout, KontaskLayoutsAnswer, KonuiError } from '@konui/protocol';
import review from '../../../../../examples/layouts/review.json';
import type { ReadyDraft } from './layout-draft.ts';
import type { LayoutDrafts } from './layout-drafts.ts';
import injectReview from '../../../../../examples/layouts/inject-review.json';

/** For galleries: a request with something for every format. */
export const sampleReview: Kontask = Kontask.parse({
  id: 'k9',
  type: 'review',
  status: 'requested',
  title: 'Review the new retry of the client',
  description: 'Before it is released',
  context: {
    request: 'Look at the backoff.\nDoes it stop after 20 attempts?',
    notes: '## What changed\n\n- waits **1 s to 30 s**\n- `retry()` at once\n\n```ts\nconst delayMs = 1000;\n```',
    files: ['src/connection/backoff.ts', 'src/connection/link.ts'],
    pullRequest: 'https://example.com/shop/pull/17',
    requestedAt: '2024-01-02T03:04:05.000Z',
    command: 'npm test -- --run packages/client',
    environment: { node: '24.1.0', os: 'linux' },
  },
  createdBy: 'me',
  createdAt: '2024-01-02T03:04:05.000Z',
  updatedAt: '2024-01-02T03:04:05.000Z',
  scope: 'shop',
  tags: ['client'],
  targetUser: 'claude',
});

export function sampleLayouts(over: Partial<KontaskLayoutsAnswer> = {}): KontaskLayoutsState {
  const layout = (type: string, content: unknown) => ({
    type,
    file: `${type}.json`,
    version: '1',
    layout: KontaskLayout.parse(content),
  });
  const answer = KontaskLayoutsAnswer.parse({
    folder: '/home/me/.konui/layouts',
    layouts: [layout('inject-review', injectReview), layout('review', review)],
    problems: [{ file: 'broken.json', type: 'broken', problem: 'fields.0.path: must be text' }],
    ...over,
  });
  return { state: 'ready', answer };
}

/** Reads the examples; changes nothing. */
export function sampleLayoutsApi(over: Partial<LayoutsApi> = {}): LayoutsApi {
  const refused = (): Promise<never> =>
    Promise.reject(new KonuiError('KONTASK_CHANGED', 'review.json is another one by now'));
  const texts: Readonly<Record<string, string>> = {
    review: JSON.stringify(review, null, 2),
    'inject-review': JSON.stringify(injectReview, null, 2),
    broken: '{\n  "fields": [{ "label": "Request" }]\n}\n',
  };
  return {
    list: refused,
    async read(type) {
      const text = texts[type];
      if (text === undefined) throw new KonuiError('NOT_FOUND', `${type} has no layout`);
      return { type, file: `${type}.json`, text, version: '1' };
    },
    save: refused,
    remove: refused,
    ...over,
  };
}

/** For galleries: nothing is kept, but for what is given. */
export function sampleDrafts(kept: Readonly<Record<string, ReadyDraft>> = {}): LayoutDrafts {
  return { read: (type) => kept[type], write: () => undefined, types: () => Object.keys(kept) };
}
