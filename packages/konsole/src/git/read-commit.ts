import { type CommitAnswer, type CommitFile, KonuiError } from '@konui/protocol';
import { type GitResult, runGit } from './run-git.ts';
import { splitPatch } from './split-patch.ts';

/** Of names and numbers: enough for a commit of 100,000 files. */
const MAX_LIST_BYTES = 32 * 1024 * 1024;
/** A larger diff is not read at once, and of a smaller one no file's part above the second figure is answered unasked. */
const MAX_PATCH_BYTES = 64 * 1024 * 1024;
const MAX_FILE_PATCH_CHARACTERS = 256 * 1024;
const MAX_ANSWER_CHARACTERS = 2 * 1024 * 1024;

/** Against a merge's first parent; no program of the repository's choice is started. */
const SHOW = ['show', '--no-color', '--no-ext-diff', '--no-textconv', '--find-renames', '--diff-merges=first-parent'];
const FORMAT = '%H%x00%an%x00%ae%x00%aI%x00%P%x00%s%x00%b';

export interface CommitQuery {
  readonly folder: string;
  readonly sha: string;
  /** Only this file, with its whole patch. */
  readonly file?: string | undefined;
}

/** Reads a commit. Throws COMMIT_NOT_FOUND, REPOSITORY_UNKNOWN (no repository there, or no git), or NOT_FOUND for the file. */
export async function readCommit({ folder, sha, file }: CommitQuery): Promise<CommitAnswer> {
  const root = await runGit(folder, ['rev-parse', '--show-toplevel'], MAX_LIST_BYTES);
  if (!root.ok) throw noRepository(folder, root.reason);
  const repository = root.stdout.trimEnd();
  const id = await findCommit(repository, sha);
  if (id === undefined) throw new KonuiError('COMMIT_NOT_FOUND', `commit ${sha} is not in ${repository}`);

  const [head, numbers, names] = await Promise.all([
    runGit(repository, [...SHOW, '--no-patch', `--format=${FORMAT}`, id], MAX_LIST_BYTES),
    runGit(repository, [...SHOW, '--format=', '--numstat', '-z', id], MAX_LIST_BYTES),
    runGit(repository, [...SHOW, '--format=', '--name-status', '-z', id], MAX_LIST_BYTES),
  ]);
  const [hash, authorName, authorEmail, authoredAt, parents, subject, ...body] = textOf(head).split('\0');
  const counts = parseNumbers(textOf(numbers));
  const files = parseNames(textOf(names)).map((each): CommitFile => ({ ...each, ...counts.get(each.path) }));
  return {
    sha: hash ?? id,
    repository,
    authorName: authorName ?? '',
    authorEmail: authorEmail ?? '',
    authoredAt: authoredAt ?? '',
    subject: subject ?? '',
    body: body.join('\0').trim(),
    parents: (parents ?? '').split(' ').filter((parent) => parent !== ''),
    files:
      file === undefined
        ? await withPatches(repository, id, files)
        : [await withPatch({ repository, id, files, file })],
  };
}

/** The one commit whose id begins so; a branch or tag of that name is none. */
async function findCommit(repository: string, sha: string): Promise<string | undefined> {
  const isAsked = (id: string): boolean => id.startsWith(sha.toLowerCase());
  const named = await runGit(repository, ['rev-parse', '--verify', '--quiet', `${sha}^{commit}`], MAX_LIST_BYTES);
  if (named.ok && isAsked(named.stdout)) return named.stdout.trim();
  // What git takes for a ref's name first hides the commit.
  const objects = linesOf(await runGit(repository, ['rev-parse', `--disambiguate=${sha}`], MAX_LIST_BYTES));
  if (objects.length === 0) return undefined;
  const commits = linesOf(await runGit(repository, ['rev-list', '--no-walk', ...objects], MAX_LIST_BYTES));
  const [found, ...others] = commits.filter(isAsked);
  return others.length === 0 ? found : undefined;
}

function linesOf(result: GitResult): string[] {
  return result.ok ? result.stdout.split('\n').filter((line) => line !== '') : [];
}

async function withPatches(repository: string, id: string, files: readonly CommitFile[]): Promise<CommitFile[]> {
  const patch = await runGit(repository, [...SHOW, '--format=', '--patch', id], MAX_PATCH_BYTES);
  if (!patch.ok) return [...files];
  const parts = splitPatch(patch.stdout);
  let total = 0;
  return files.map((each, index) => {
    const part = parts.length === files.length ? parts[index] : undefined;
    if (part === undefined || part.length > MAX_FILE_PATCH_CHARACTERS) return each;
    total += part.length;
    return total > MAX_ANSWER_CHARACTERS ? each : { ...each, patch: part };
  });
}

interface OneFile {
  readonly repository: string;
  readonly id: string;
  readonly files: readonly CommitFile[];
  readonly file: string;
}

async function withPatch({ repository, id, files, file }: OneFile): Promise<CommitFile> {
  const found = files.find(({ path }) => path === file);
  if (found === undefined) throw new KonuiError('NOT_FOUND', 'the commit did not change this file');
  const paths = [found.path, ...(found.oldPath === undefined ? [] : [found.oldPath])];
  const patch = await runGit(
    repository,
    [...SHOW, '--format=', '--patch', id, '--', ...paths.map((path) => `:(literal,top)${path}`)],
    MAX_PATCH_BYTES,
  );
  return patch.ok ? { ...found, patch: patch.stdout } : found;
}

type Named = Pick<CommitFile, 'path' | 'oldPath' | 'status' | 'isBinary'>;

/** `--name-status -z`: a letter, then one path, or two for a rename or copy. */
function parseNames(text: string): Named[] {
  const parts = text.split('\0');
  const named: Named[] = [];
  for (let index = 0; index + 1 < parts.length;) {
    const letter = parts[index]?.trim()[0] ?? '';
    const hasTwo = letter === 'R' || letter === 'C';
    const path = parts[index + (hasTwo ? 2 : 1)] ?? '';
    const oldPath = hasTwo ? parts[index + 1] : undefined;
    named.push({ path, ...(oldPath === undefined ? {} : { oldPath }), status: statusOf(letter), isBinary: false });
    index += hasTwo ? 3 : 2;
  }
  return named;
}

/** `--numstat -z`: "added TAB deleted TAB path", or an empty path and then two; "-" for what is binary. */
function parseNumbers(text: string): Map<string, Pick<CommitFile, 'additions' | 'deletions' | 'isBinary'>> {
  const counts = new Map<string, Pick<CommitFile, 'additions' | 'deletions' | 'isBinary'>>();
  const parts = text.split('\0');
  for (let index = 0; index < parts.length; index++) {
    const [added, deleted, path] = parts[index]?.trimStart().split('\t') ?? [];
    if (added === undefined || deleted === undefined || path === undefined) continue;
    const name = path === '' ? parts[(index += 2)] : path;
    if (name === undefined) continue;
    if (added === '-') counts.set(name, { isBinary: true });
    else counts.set(name, { additions: Number(added), deletions: Number(deleted), isBinary: false });
  }
  return counts;
}

function statusOf(letter: string): CommitFile['status'] {
  switch (letter) {
    case 'A':
      return 'added';
    case 'M':
      return 'modified';
    case 'D':
      return 'deleted';
    case 'R':
      return 'renamed';
    case 'C':
      return 'copied';
    case 'T':
      return 'type_changed';
    default:
      return 'other';
  }
}

function textOf(result: GitResult): string {
  if (result.ok) return result.stdout;
  throw new KonuiError('INTERNAL_ERROR', `git failed: ${result.message}`);
}

function noRepository(folder: string, reason: 'missing' | 'failed' | 'too_large'): KonuiError {
  const why = reason === 'missing' ? 'git is not installed on the host' : `${folder} lies in no git repository`;
  return new KonuiError('REPOSITORY_UNKNOWN', why);
}
