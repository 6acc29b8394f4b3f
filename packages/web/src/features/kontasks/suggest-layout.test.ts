import { Kontask, parseLayout } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { missingFields } from './request-fields.ts';
import { suggestLayout } from './suggest-layout.ts';

const kontask = Kontask.parse({
  id: 'k1',
  type: 'review',
  status: 'requested',
  title: 'a',
  description: '',
  context: {
    output: '<p>report</p>',
    choices: [],
    commitSha: '50d3593a',
    request: 'Look',
    requestedAt: '2026-01-08T04:01:30.000Z',
    pull_request: 'https://example.com/pull/7',
    notes: '# Why\n\n- it is slow',
    files: ['a.ts'],
    deep: { line: 7 },
    'with.dot': 'x',
    '': 'x',
  },
  createdBy: 'me',
  createdAt: '2026-01-08T03:11:36.612Z',
  updatedAt: '2026-01-08T03:11:36.612Z',
  tags: [],
});

describe('[B6] a layout to begin with', () => {
  it('has what the kontask holds besides its report, and draws all of it', () => {
    const { layout } = parseLayout(suggestLayout(kontask));
    expect(layout?.fields).toEqual([
      { label: 'Request', path: 'context.request', format: 'text' },
      { label: 'Requested At', path: 'context.requestedAt', format: 'date' },
      { label: 'Pull request', path: 'context.pull_request', format: 'link' },
      { label: 'Notes', path: 'context.notes', format: 'markdown' },
      { label: 'Files', path: 'context.files', format: 'list' },
      { label: 'Deep', path: 'context.deep', format: 'json' },
    ]);
    expect(layout === undefined ? undefined : missingFields(kontask, layout)).toEqual([]);
  });

  it('is one, also without a kontask', () => {
    expect(parseLayout(suggestLayout(undefined)).layout?.fields).toHaveLength(1);
    const wide = Kontask.parse({
      ...kontask,
      context: Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`f${n}`, n])),
    });
    expect(parseLayout(suggestLayout(wide)).layout?.fields).toHaveLength(50);
  });
});
