import { describe, expect, it } from 'vitest';
import { addressOf, parsePushMessage } from './push-message.ts';

const permission = {
  v: 1,
  type: 'permission',
  tag: 'p1',
  title: 'Claude Code asks',
  body: 'npm test',
  url: '/approve/r1?session=s1',
  sessionId: 's1',
  requestId: 'r1',
  actions: [{ action: 'allow', title: 'Allow', token: 't' }, { action: 'other', title: 'x', token: 't' }, 7],
};

describe('parsePushMessage', () => {
  it('reads a permission and leaves out actions that it does not know', () => {
    const message = parsePushMessage(permission);
    expect(message?.actions).toEqual([{ action: 'allow', title: 'Allow', token: 't' }]);
    expect(message === undefined ? '' : addressOf(message)).toBe('/approve/r1?session=s1');
  });

  it('knows nothing of a message of another kind or shape', () => {
    for (const value of [undefined, 'x', null, {}, { ...permission, type: 'advert' }, { ...permission, tag: 1 }])
      expect(parsePushMessage(value)).toBeUndefined();
  });

  it('never leads to another origin', () => {
    const test = { ...permission, type: 'test', sessionId: undefined, requestId: undefined };
    for (const url of ['https://elsewhere.example/x', '//elsewhere.example', 'javascript:alert(1)', 7, 'http://['])
      expect(parsePushMessage({ ...test, url })?.url).toBe('/');
    expect(parsePushMessage({ ...test, url: '/settings/notifications' })?.url).toBe('/settings/notifications');
  });

  it('leads to the session where there is nothing to answer', () => {
    const message = parsePushMessage({ ...permission, type: 'finished', requestId: undefined });
    expect(message === undefined ? '' : addressOf(message)).toBe('/s/s1');
  });
});
