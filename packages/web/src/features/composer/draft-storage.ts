import { type DraftPlace, keepText, keysOf } from '../../ui/kept-drafts.ts';

const TEXT_PREFIX = 'konui.draft.';
const FILES_PREFIX = 'konui.draft-files.';

/** A file of a draft; `attachment` once it lies in the session's attachments. */
export interface DraftFile {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  readonly byteLength: number;
  readonly attachment?: string;
}

/** What a person wrote and has not sent, for each session; survives reloads and a new sign-in. */
export interface DraftStorage {
  read(sessionId: string): string;
  write(sessionId: string, text: string): void;
  readFiles(sessionId: string): readonly DraftFile[];
  writeFiles(sessionId: string, files: readonly DraftFile[]): void;
  /** Sessions with a draft. */
  sessionIds(): readonly string[];
  forget(sessionId: string): void;
}

export function createDraftStorage(storage: DraftPlace): DraftStorage {
  return {
    read: (sessionId) => storage.getItem(TEXT_PREFIX + sessionId) ?? '',
    write(sessionId, text) {
      if (text === '') storage.removeItem(TEXT_PREFIX + sessionId);
      else keepText(storage, TEXT_PREFIX + sessionId, text);
    },
    readFiles: (sessionId) => parseFiles(storage.getItem(FILES_PREFIX + sessionId)),
    writeFiles(sessionId, files) {
      if (files.length === 0) storage.removeItem(FILES_PREFIX + sessionId);
      else keepText(storage, FILES_PREFIX + sessionId, JSON.stringify(files));
    },
    sessionIds() {
      const ids = keysOf(storage).flatMap((key) => {
        const prefix = [TEXT_PREFIX, FILES_PREFIX].find((each) => key.startsWith(each));
        return prefix === undefined ? [] : [key.slice(prefix.length)];
      });
      return [...new Set(ids)];
    },
    forget(sessionId) {
      storage.removeItem(TEXT_PREFIX + sessionId);
      storage.removeItem(FILES_PREFIX + sessionId);
    },
  };
}

function parseFiles(text: string | null): readonly DraftFile[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter(isDraftFile) : [];
  } catch {
    // Written by another version: the files are still in the session, only the draft forgets them.
    return [];
  }
}

function isDraftFile(value: unknown): value is DraftFile {
  if (typeof value !== 'object' || value === null) return false;
  const file: Partial<Record<keyof DraftFile, unknown>> = value;
  return (
    typeof file.id === 'string' &&
    typeof file.name === 'string' &&
    typeof file.mimeType === 'string' &&
    typeof file.byteLength === 'number' &&
    (file.attachment === undefined || typeof file.attachment === 'string')
  );
}
