/** What the host says of stored bytes. */
export interface StoredUpload {
  readonly attachment: string;
  readonly mimeType: string;
  readonly byteLength: number;
}

/** Stores bytes in the session's attachments. */
export type UploadFile = (
  file: Blob,
  options: { readonly signal: AbortSignal; readonly onProgress: (sentBytes: number) => void },
) => Promise<StoredUpload>;

interface UploadListener {
  readonly onProgress: (id: string, sentBytes: number) => void;
  readonly onStored: (id: string, stored: StoredUpload) => void;
  readonly onFailed: (id: string, error: unknown) => void;
}

export interface UploadLine {
  readonly add: (id: string, file: Blob) => void;
  /** Nothing more is heard of it. */
  readonly cancel: (id: string) => void;
}

/** At once: the session's other requests need some of a browser's six connections too. */
const MAX_AT_ONCE = 3;

/** Uploads in the order in which they came, a few at a time. */
export function createUploadLine(upload: UploadFile, listener: UploadListener): UploadLine {
  const waiting: { id: string; file: Blob }[] = [];
  const running = new Map<string, AbortController>();

  const perform = async (id: string, file: Blob): Promise<void> => {
    const controller = new AbortController();
    const { signal } = controller;
    running.set(id, controller);
    try {
      const onProgress = (sentBytes: number): void => {
        if (!signal.aborted) listener.onProgress(id, sentBytes);
      };
      const stored = await upload(file, { signal, onProgress });
      if (!signal.aborted) listener.onStored(id, stored);
    } catch (error) {
      if (!signal.aborted) listener.onFailed(id, error);
    } finally {
      if (running.get(id) === controller) running.delete(id);
      begin();
    }
  };
  const begin = (): void => {
    while (running.size < MAX_AT_ONCE) {
      const next = waiting.shift();
      if (next === undefined) return;
      void perform(next.id, next.file);
    }
  };
  return {
    add(id, file) {
      waiting.push({ id, file });
      begin();
    },
    cancel(id) {
      const index = waiting.findIndex((each) => each.id === id);
      if (index !== -1) waiting.splice(index, 1);
      running.get(id)?.abort();
      running.delete(id);
      begin();
    },
  };
}
