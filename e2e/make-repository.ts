import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One file in several versions, each with the message of its commit. */
export interface Repository {
  readonly file: string;
  readonly versions: readonly [text: string, message: string][];
}

/** A git repository in the folder, made if it is not there; answers with the id of the last commit. */
export function makeRepository(folder: string, { file, versions }: Repository): string {
  mkdirSync(folder, { recursive: true });
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  git('init', '-q');
  for (const [text, message] of versions) {
    writeFileSync(join(folder, file), text);
    git('add', '.');
    git('commit', '-q', '-m', message);
  }
  return git('rev-parse', 'HEAD').trim();
}
