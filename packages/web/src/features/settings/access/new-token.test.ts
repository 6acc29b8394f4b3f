import { describe, expect, it } from 'vitest';
import { type TokenForm, toNewToken } from './new-token.ts';

const form: TokenForm = {
  name: ' phone ',
  rights: ['read'],
  where: 'everywhere',
  folder: '',
  sessionId: '',
  expiry: 'never',
};

describe('toNewToken', () => {
  it('[ACC6] asks for no more than was chosen', () => {
    expect(toNewToken(form, 0)).toEqual({ name: 'phone', rights: ['read'] });
    expect(toNewToken({ ...form, where: 'folder', folder: ' /work ', expiry: 'day' }, 0)).toEqual({
      name: 'phone',
      rights: ['read'],
      projectPaths: ['/work'],
      expiresAt: '1970-01-02T00:00:00.000Z',
    });
    expect(toNewToken({ ...form, where: 'session', sessionId: 's' }, 0)).toMatchObject({ sessionIds: ['s'] });
  });

  it('says what is missing', () => {
    expect(toNewToken({ ...form, name: ' ' }, 0)).toBe('noName');
    expect(toNewToken({ ...form, rights: [] }, 0)).toBe('noRights');
    expect(toNewToken({ ...form, where: 'folder' }, 0)).toBe('noFolder');
    expect(toNewToken({ ...form, where: 'session' }, 0)).toBe('noSession');
  });
});
