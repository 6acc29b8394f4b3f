import { Kontask } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { EMPTY_DRAFT, toChange, toDraft, toNewKontask } from './kontask-draft.ts';

const own = { id: 'k1', now: new Date('2026-01-08T03:11:36.612Z') };

describe('the form of a kontask', () => {
  it('[B2] makes a request of what is filled in, and leaves out what is not', () => {
    expect(toNewKontask({ ...EMPTY_DRAFT, title: ' Look at it ' }, own)).toEqual({
      id: 'k1',
      title: 'Look at it',
      description: '',
      type: 'general',
      tags: [],
      context: {},
    });
    const asked = { ...EMPTY_DRAFT, title: 'a', tags: 'ui, x', targetUser: 'claude', scope: 'shop', request: 'Do it' };
    expect(toNewKontask(asked, own)).toMatchObject({
      tags: ['ui', 'x'],
      scope: 'shop',
      targetUser: 'claude',
      context: { request: 'Do it', requestedAt: '2026-01-08T03:11:36.612Z' },
    });
  });

  const before = toDraft(
    Kontask.parse({
      id: 'k1',
      type: 'review',
      status: 'requested',
      title: 'a',
      description: 'b',
      context: { request: 'Do it' },
      createdBy: 'me',
      createdAt: own.now.toISOString(),
      updatedAt: own.now.toISOString(),
      tags: ['ui'],
      scope: 'shop',
      targetUser: 'claude',
    }),
  );

  it('[B2] changes what a person changed and nothing else', () => {
    expect(before.request).toBe('Do it');
    expect(toChange(before, before)).toEqual({});
    expect(toChange(before, { ...before, title: 'c', tags: '', request: 'Do that' })).toEqual({
      title: 'c',
      tags: [],
      context: { request: 'Do that' },
    });
  });

  it('[B2] takes away the scope and the target user that a person emptied; the type is the general one again', () => {
    expect(toChange(before, { ...before, type: ' ', scope: '', targetUser: ' ' })).toEqual({
      type: 'general',
      scope: null,
      targetUser: null,
    });
  });
});
