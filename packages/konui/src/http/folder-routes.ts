import { mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { KonuiError } from '@konui/protocol';
import type { Hono } from 'hono';
import { z } from 'zod';
import type { HttpEnvironment } from './http-environment.ts';
import { limitBody, parseBody } from './json-body.ts';

/** A picker that shows more is no help; the person types the rest of the path. */
const MAX_FOLDERS = 1000;

export const NewFolder = z.object({ path: z.string().describe('Absolute') });

/** `GET /api/folders?path=`: the folders in a folder, for choosing a project; `POST` makes one, with those above it. */
export function registerFolderRoutes(app: Hono<HttpEnvironment>, { homeFolder }: { homeFolder: string }): void {
  app.get('/api/folders', async (context) => {
    const path = context.req.query('path') ?? homeFolder;
    return context.json(await listFolders(toFolder(path)));
  });
  app.post('/api/folders', limitBody, async (context) => {
    const path = toFolder((await parseBody(context, NewFolder)).path);
    await mkdir(path, { recursive: true }).catch((error: unknown) => {
      throw toKonuiError(path, error);
    });
    return context.json(await listFolders(path), 201);
  });
}

function toFolder(path: string): string {
  if (isAbsolute(path) && !path.includes('\0') && path.length <= 4096) return resolve(path);
  throw new KonuiError('INVALID_MESSAGE', 'path: must be an absolute path');
}

async function listFolders(path: string) {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw toKonuiError(path, error);
  });
  const candidates = entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .sort((one, other) => one.localeCompare(other))
    .slice(0, MAX_FOLDERS);
  const folders = await Promise.all(candidates.map((name) => describeFolder(name, join(path, name))));
  const parent = dirname(path);
  return {
    path,
    parent: parent === path ? null : parent,
    isGitRepository: await exists(join(path, '.git')),
    folders: folders.filter((folder) => folder !== undefined),
  };
}

async function describeFolder(name: string, path: string) {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    // A link that leads nowhere, or a folder that was removed just now.
    () => false,
  );
  return isFolder ? { name, path, isGitRepository: await exists(join(path, '.git')) } : undefined;
}

/** `.git` is a folder, or in a worktree a file. */
function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function toKonuiError(path: string, error: unknown): KonuiError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM')
    return new KonuiError('FORBIDDEN', `${path} may not be read or made`, { cause: error });
  if (code === 'ENOENT') return new KonuiError('NOT_FOUND', `there is no folder ${path}`, { cause: error });
  if (code === 'ENOSPC') return new KonuiError('STORAGE_FULL', `${path} could not be made`, { cause: error });
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return new KonuiError('NOT_FOUND', `${path} is no folder`, { cause: error });
  return new KonuiError('INTERNAL_ERROR', `${path} could not be read`, { cause: error });
}
