import { Kontask } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { requestFields } from './request-fields.ts';

const kontask = Kontask.parse({
  id: 'k1',
  type: 'review',
  status: 'requested',
  title: 'a',
  description: '',
  context: { request: 'Look', files: ['a.ts', 'b.ts'], deep: { line: 7 }, empty: null },
  createdBy: 'me',
  createdAt: '2026-01-08T03:11:36.612Z',
  updatedAt: '2026-01-08T03:11:36.612Z',
  tags: [],
});

describe('the original request', () => {
  it('[B6] shows the fields of its layout that it has, in their order', () => {
    const fields = [
      { label: 'Files', path: 'context.files', as: 'list' },
      { label: 'Wish', path: 'context.request', as: 'text' },
      { label: 'Line', path: 'context.deep.line', as: 'code' },
      { label: 'None', path: 'context.nothing.here', as: 'text' },
      { label: 'Empty', path: 'context.empty', as: 'text' },
      { label: 'Inherited', path: 'context.constructor', as: 'text' },
    ] as const;
    expect(requestFields(kontask, { fields })).toEqual([
      { label: 'Files', as: 'list', values: ['a.ts', 'b.ts'] },
      { label: 'Wish', as: 'text', values: ['Look'] },
      { label: 'Line', as: 'code', values: ['7'] },
    ]);
  });
});
