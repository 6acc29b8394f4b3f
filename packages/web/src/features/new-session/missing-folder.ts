import * as en from '../../text/en.ts';

export interface MissingFolder {
  readonly text: string;
  /** Making it may help. */
  readonly canCreate?: boolean;
}

/** What to say of a folder in which no session could be created; undefined where that was not its fault. */
export function missingFolder(error: unknown, path: string): MissingFolder | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'PROJECT_NOT_FOUND') return undefined;
  return path.startsWith('/')
    ? { text: en.newSession.folderMissing(path), canCreate: true }
    : { text: en.newSession.folderNotWhole };
}
