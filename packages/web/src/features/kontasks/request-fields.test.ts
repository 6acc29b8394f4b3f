import { Kontask, type LayoutField } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { missingFields, requestFields } from './request-fields.ts';

const kontask = Kontask.parse({
  id: 'k1',
  type: 'review',
  status: 'requested',
  title: 'a',
  description: '',
  context: {
    request: 'Look',
    files: ['a.ts', 'b.ts'],
    deep: { line: 7 },
    empty: null,
    blank: '',
    none: [],
    choices: [
      { label: 'Go', value: 'go on' },
      { label: 'Stop', value: 'stop it' },
    ],
    steps: [{ notes: ['one', 'two'] }, { notes: ['three'] }, 7],
  },
  createdBy: 'me',
  createdAt: '2026-01-08T03:11:36.612Z',
  updatedAt: '2026-01-08T03:11:36.612Z',
  tags: [],
});

describe('the original request', () => {
  it('[B6] shows the fields of its layout that it has, in their order', () => {
    const fields: LayoutField[] = [
      { label: 'Files', path: 'context.files', format: 'list' },
      { label: 'Wish', path: 'context.request', format: 'text' },
      { label: 'Line', path: 'context.deep.line', format: 'code', language: 'ts' },
      { label: 'None', path: 'context.nothing.here', format: 'text' },
      { label: 'Empty', path: 'context.empty', format: 'text' },
      { label: 'Blank', path: 'context.blank', format: 'text' },
      { label: 'No items', path: 'context.none', format: 'json' },
      { label: 'Inherited', path: 'context.constructor', format: 'text' },
    ];
    expect(requestFields(kontask, { fields })).toEqual([
      { label: 'Files', format: 'list', values: ['a.ts', 'b.ts'] },
      { label: 'Wish', format: 'text', values: ['Look'] },
      { label: 'Line', format: 'code', language: 'ts', values: ['7'] },
    ]);
    expect(missingFields(kontask, { fields }).map(({ label }) => label)).toEqual([
      'None',
      'Empty',
      'Blank',
      'No items',
      'Inherited',
    ]);
  });

  it.each([
    ['context.choices.label', 'list', ['Go', 'Stop']],
    ['context.choices.0.value', 'text', ['go on']],
    ['context.choices.7.value', 'text', []],
    ['context.steps.notes', 'list', ['one', 'two', 'three']],
    ['context.files', 'json', ['[\n  "a.ts",\n  "b.ts"\n]']],
    ['context.deep', 'text', ['{\n  "line": 7\n}']],
    ['context.files.length', 'text', []],
    ['context.request.0', 'text', []],
  ] as const)('[B6] finds %s as %s: %j', (path, format, values) => {
    const [found] = requestFields(kontask, { fields: [{ label: 'x', path, format }] });
    expect(found?.values ?? []).toEqual(values);
  });
});
