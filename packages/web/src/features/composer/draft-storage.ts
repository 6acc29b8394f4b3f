const PREFIX = 'konui.draft.';

/** What a person wrote and has not sent, for each session; survives reloads and a new sign-in. */
export interface DraftStorage {
  read(sessionId: string): string;
  write(sessionId: string, text: string): void;
}

export function createDraftStorage(storage: Storage): DraftStorage {
  return {
    read: (sessionId) => storage.getItem(PREFIX + sessionId) ?? '',
    write(sessionId, text) {
      if (text === '') return storage.removeItem(PREFIX + sessionId);
      try {
        storage.setItem(PREFIX + sessionId, text);
      } catch (error) {
        // Full: the draft still stands in the field, only a reload would lose it.
        if (!(error instanceof DOMException)) throw error;
      }
    },
  };
}
