import type { Api } from '@konui/client';
import type { DraftStorage } from '../features/composer/draft-storage.ts';
import type { ConversationStores } from './conversation-stores.ts';

/** What the page of a session works with. */
export interface SessionServices {
  readonly api: Pick<Api, 'sessions'>;
  readonly conversations: ConversationStores;
  readonly drafts: DraftStorage;
  /** Names something of this page only. */
  readonly newKey: () => string;
}
