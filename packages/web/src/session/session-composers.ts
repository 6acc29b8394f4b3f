import type { Api, Connection } from '@konui/client';
import { createComposerStore } from '../features/composer/composer-store.ts';
import { type ComposerStores, createComposerStores } from '../features/composer/composer-stores.ts';
import type { DraftStorage } from '../features/composer/draft-storage.ts';
import type { UploadFile } from '../features/composer/upload-line.ts';
import type { ConversationStores } from './conversation-stores.ts';

interface SessionComposersOptions {
  readonly api: Pick<Api, 'sessions'>;
  readonly connection: Connection;
  readonly conversations: ConversationStores;
  readonly drafts: DraftStorage;
  readonly newKey: () => string;
}

/** The composer of each session, uploading into that session and sending there. */
export function createSessionComposers(options: SessionComposersOptions): ComposerStores {
  const { api, connection, conversations, drafts, newKey } = options;
  return createComposerStores((sessionId) => {
    const store = createComposerStore(sessionId, {
      drafts,
      newKey,
      upload: uploadTo(api, sessionId),
      deliver(content, way) {
        const conversation = conversations.of(sessionId);
        if (way === 'now') conversation.sendNow([...content]);
        else conversation.send([...content]);
      },
    });
    // It lives as long as the page does, and so does the connection.
    connection.onState(({ state }) => {
      if (state === 'live') store.onConnected();
    });
    return store;
  });
}

function uploadTo(api: SessionComposersOptions['api'], sessionId: string): UploadFile {
  return (file, options) => api.sessions.upload(sessionId, file, options);
}
