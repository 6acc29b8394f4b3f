import { KonuiError } from '@konui/protocol';

export type StorageCode = 'STORAGE_FULL' | 'STORAGE_FAILED';

/**
 * The disk refused: `STORAGE_FULL` may pass by itself, `STORAGE_FAILED` means that nothing written later can be
 * trusted.
 */
export class StorageError extends KonuiError {
  declare readonly code: StorageCode;

  constructor(code: StorageCode, detail: string, options?: { cause?: unknown }) {
    super(code, detail, options);
    this.name = 'StorageError';
  }
}

/** Translates what a file operation threw; `action` names the operation and the file. */
export function toStorageError(error: unknown, action: string): StorageError {
  if (error instanceof StorageError) return error;
  const errno = errnoOf(error);
  if (errno !== undefined && NO_SPACE.has(errno)) {
    return new StorageError('STORAGE_FULL', `${action}: no space is left (${errno}); free some disk space`, {
      cause: error,
    });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new StorageError('STORAGE_FAILED', `${action}: ${reason}`, { cause: error });
}

/** The errno name of a failed system call, such as `ENOENT`; undefined for anything else. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

// A quota that is used up passes like a full disk does.
const NO_SPACE = new Set(['ENOSPC', 'EDQUOT']);
