import { describe, expect, it } from 'vitest';
import { type TokenForm, toNewToken } from './new-token.ts';

const form: TokenForm = {
  name: ' phone ',
  rights: ['read'],
  needsReview: false,
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

  it('[INJ5] asks for a review only where no other right would lead around it', () => {
    const reviewed = { ...form, needsReview: true };
    expect(toNewToken({ ...reviewed, rights: ['inject'] }, 0)).toMatchObject({ needsReview: true });
    expect(toNewToken({ ...reviewed, rights: ['read', 'inject'] }, 0)).toMatchObject({ needsReview: true });
    expect(toNewToken({ ...reviewed, rights: ['inject', 'prompt'] }, 0)).not.toHaveProperty('needsReview');
    expect(toNewToken(reviewed, 0)).not.toHaveProperty('needsReview');
  });

  it('says what is missing', () => {
    expect(toNewToken({ ...form, name: ' ' }, 0)).toBe('noName');
    expect(toNewToken({ ...form, rights: [] }, 0)).toBe('noRights');
    expect(toNewToken({ ...form, where: 'folder' }, 0)).toBe('noFolder');
    expect(toNewToken({ ...form, where: 'session' }, 0)).toBe('noSession');
  });
});
