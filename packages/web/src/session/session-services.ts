import type { Api, Connection, ReadMarks } from '@konui/client';
import type { ComposerStores } from '../features/composer/composer-stores.ts';
import type { AnswerDrafts } from '../features/docks/question/answer-drafts.ts';
import type { Toasts } from '../ui/toast/toasts.ts';
import type { ConversationStores } from './conversation-stores.ts';

/** What the page of a session works with. */
export interface SessionServices {
  readonly api: {
    readonly sessions: Pick<Api['sessions'], 'attachment' | 'change' | 'events' | 'remove'>;
    readonly agents: Pick<Api['agents'], 'authenticate'>;
  };
  readonly connection: Pick<Connection, 'retry' | 'setVisibility'>;
  readonly conversations: ConversationStores;
  readonly composers: ComposerStores;
  readonly answers: AnswerDrafts;
  readonly readMarks: Pick<ReadMarks, 'markRead'>;
  readonly toasts: Pick<Toasts, 'show'>;
}
