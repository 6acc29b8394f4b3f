import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readCommit } from './read-commit.ts';

function createRepository() {
  const folder = mkdtempSync(join(tmpdir(), 'konui-git-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=Konui', '-c', 'user.email=konui@localhost', ...args], {
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet');
  const commit = (message: string): string => {
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
    return git('rev-parse', 'HEAD');
  };
  return { folder, git, commit };
}

it('B7: reads a commit with its files, their numbers and patches, from a folder below the root and a short id', async () => {
  const { folder, commit } = createRepository();
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src/old name.ts'), 'one\ntwo\nthree\nfour\nfive\nsix\n');
  writeFileSync(join(folder, 'gone.txt'), 'gone\n');
  commit('First');
  renameSync(join(folder, 'src/old name.ts'), join(folder, 'src/neuer Name ü.ts'));
  writeFileSync(join(folder, 'src/neuer Name ü.ts'), 'one\ntwo\nthree\nfour\nfive\nSIX\n');
  rmSync(join(folder, 'gone.txt'));
  writeFileSync(join(folder, 'picture.bin'), Buffer.from([0, 1, 2, 0]));
  const sha = commit('Second\n\nWith a body.');

  const answer = await readCommit({ folder: join(folder, 'src'), sha: sha.slice(0, 8) });
  expect(answer).toMatchObject({ sha, subject: 'Second', body: 'With a body.', authorName: 'Konui' });
  expect(answer.parents).toHaveLength(1);
  expect(answer.files).toEqual([
    {
      path: 'gone.txt',
      status: 'deleted',
      additions: 0,
      deletions: 1,
      isBinary: false,
      patch: expect.stringContaining('-gone'),
    },
    { path: 'picture.bin', status: 'added', isBinary: true, patch: expect.stringContaining('Binary files') },
    {
      path: 'src/neuer Name ü.ts',
      oldPath: 'src/old name.ts',
      status: 'renamed',
      additions: 1,
      deletions: 1,
      isBinary: false,
      patch: expect.stringContaining('+SIX'),
    },
  ]);
});

it('B7: leaves out the patch of a very large file, and reads it when it is asked for', async () => {
  const { folder, commit } = createRepository();
  writeFileSync(join(folder, 'large.txt'), 'a line of text\n'.repeat(30_000));
  writeFileSync(join(folder, 'small.txt'), 'small\n');
  const sha = commit('Large');
  const { files } = await readCommit({ folder, sha });
  expect(files.map(({ path, patch }) => [path, patch === undefined])).toEqual([
    ['large.txt', true],
    ['small.txt', false],
  ]);
  const [large] = (await readCommit({ folder, sha, file: 'large.txt' })).files;
  expect(large?.patch?.match(/^\+a line/gm)).toHaveLength(30_000);
  await expect(readCommit({ folder, sha, file: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('B7: says that a commit is not there, that a folder is no repository, and takes nothing for an option', async () => {
  const { folder, commit } = createRepository();
  writeFileSync(join(folder, 'a'), 'a');
  commit('One');
  await expect(readCommit({ folder, sha: 'deadbeef' })).rejects.toMatchObject({ code: 'COMMIT_NOT_FOUND' });
  await expect(readCommit({ folder, sha: '--help' })).rejects.toMatchObject({ code: 'COMMIT_NOT_FOUND' });
  await expect(readCommit({ folder: tmpdir(), sha: 'deadbeef' })).rejects.toMatchObject({ code: 'REPOSITORY_UNKNOWN' });
});

it('B7: opens the commit whose id begins so, never that of a branch or tag of the same name', async () => {
  const { folder, git, commit } = createRepository();
  writeFileSync(join(folder, 'a'), 'a');
  const first = commit('One');
  writeFileSync(join(folder, 'a'), 'b');
  commit('Two');
  git('tag', 'deadbeef');
  git('branch', 'cafe1234');
  git('branch', first.slice(0, 8));
  git('tag', first.slice(0, 10));
  for (const sha of ['deadbeef', 'cafe1234']) {
    await expect(readCommit({ folder, sha })).rejects.toMatchObject({ code: 'COMMIT_NOT_FOUND' });
  }
  for (const sha of [first.slice(0, 8), first.slice(0, 10).toUpperCase(), first.slice(0, 7)]) {
    expect(await readCommit({ folder, sha })).toMatchObject({ sha: first, subject: 'One' });
  }
});
