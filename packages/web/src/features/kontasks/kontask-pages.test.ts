import { KontaskList, KontaskSummary } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { addPage, removeRow, renewFirstPage, renewRow } from './kontask-pages.ts';

const row = (id: string, version = 1) =>
  KontaskSummary.parse({
    id,
    type: 'general',
    status: 'completed',
    title: `${id} ${version}`,
    description: '',
    createdBy: 'claude',
    createdAt: '2026-01-08T03:11:36.612Z',
    updatedAt: '2026-01-08T03:11:36.612Z',
    tags: [],
    version,
    isUnread: false,
  });
const page = (ids: string, nextCursor: string | null = null): KontaskList =>
  KontaskList.parse({ kontasks: ids.split('').map((id) => row(id)), nextCursor, total: 9, unread: 1 });
const ids = ({ kontasks }: { kontasks: readonly KontaskSummary[] }) => kontasks.map(({ id }) => id).join('');

describe('the pages of the list', () => {
  it('[B9] follow each other, and a row that moved stands once', () => {
    const both = addPage(page('abc', 'c'), page('cde', 'e'));
    expect(ids(both)).toBe('abcde');
    expect(both.nextCursor).toBe('e');
  });

  it('[B9] stay while the first one is renewed, and so does the place', () => {
    const shown = addPage(page('abc', 'c'), page('def', 'f'));
    const renewed = renewFirstPage(shown, page('zab', 'b'));
    expect(ids(renewed)).toBe('zabcdef');
    expect(renewed.nextCursor).toBe('f');
  });

  it('[B9] begin anew where too much has come, or all fits on one', () => {
    const shown = addPage(page('abc', 'c'), page('def', 'f'));
    expect(ids(renewFirstPage(shown, page('xyz', 'z')))).toBe('xyz');
    expect(ids(renewFirstPage(shown, page('ab')))).toBe('ab');
  });

  it('[B9] show a row as it is now, never as it was before', () => {
    const shown = { ...page('ab'), kontasks: [row('a', 3), row('b', 1)] };
    expect(renewRow(renewRow(shown, row('a', 2)), row('b', 2)).kontasks.map(({ title }) => title)).toEqual([
      'a 3',
      'b 2',
    ]);
    expect(ids(removeRow(shown, 'a'))).toBe('b');
  });
});
