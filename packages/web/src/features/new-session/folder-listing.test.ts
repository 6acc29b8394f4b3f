import { describe, expect, it } from 'vitest';
import { completionOf, hiddenLast } from './folder-listing.ts';

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

describe('hiddenLast', () => {
  it('puts hidden folders behind the others, each in their order', () => {
    const folders = ['.a', 'b', '.c', 'd'].map((name) => ({ name, path: `/${name}`, isGitRepository: false }));
    expect(hiddenLast(folders).map(({ name }) => name)).toEqual(['b', 'd', '.a', '.c']);
  });
});
