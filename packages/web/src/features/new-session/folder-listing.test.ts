import { describe, expect, it } from 'vitest';
import { completionOf } from './folder-listing.ts';

describe('completionOf', () => {
  it('splits what is typed into the folder and the beginning of a name', () => {
    expect(completionOf('/home/me/pro')).toEqual({ folder: '/home/me', begins: 'pro' });
    expect(completionOf('/home/me/')).toEqual({ folder: '/home/me', begins: '' });
    expect(completionOf('/ho')).toEqual({ folder: '/', begins: 'ho' });
  });

  it('completes nothing that is no absolute path', () => {
    expect(completionOf('project')).toBeUndefined();
    expect(completionOf('a/b')).toBeUndefined();
    expect(completionOf('')).toBeUndefined();
  });
});
