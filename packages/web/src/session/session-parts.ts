import type { ComponentType } from 'react';
import type { Api, Connection } from '@konui/client';
import type { ComposerStores } from '../features/composer/composer-stores.ts';
import { createDraftStorage } from '../features/composer/draft-storage.ts';
import { type AnswerDrafts, createAnswerDrafts } from '../features/docks/question/answer-drafts.ts';
import { createReasonDrafts, type ReasonDrafts } from '../features/docks/reason-drafts.ts';
import { createLazyValue, type LazyValue } from '../ui/lazy-value.ts';
import type { Schedule } from './conversation-store.ts';
import { type ConversationStores, createConversationStores } from './conversation-stores.ts';
import { pageLastChances } from './copy-keeper.ts';
import type { HistoryCache } from './load-tail.ts';
import { createSessionComposers } from './session-composers.ts';
import type { SessionDocksProps } from './session-docks.tsx';

export type DocksComponent = ComponentType<SessionDocksProps>;

/** What is kept of the sessions that were opened in this tab. */
export interface SessionParts {
  readonly conversations: ConversationStores;
  readonly composers: ComposerStores;
  readonly answers: AnswerDrafts;
  readonly reasons: ReasonDrafts;
  /** Loaded when something first has to stand above the composer, or the page is idle. */
  readonly docks: LazyValue<DocksComponent>;
}

export interface SessionPartsOptions {
  readonly api: Api;
  readonly connection: Connection;
  readonly historyCache: HistoryCache;
  readonly storage: Storage;
  /** Of this tab alone. */
  readonly tabStorage: Storage;
  readonly schedule: Schedule;
  readonly newKey: () => string;
}

/** Made when the first session is opened: the overview does without the code behind it. */
export function createSessionParts(options: SessionPartsOptions): SessionParts {
  const { api, connection, historyCache, storage, tabStorage, schedule, newKey } = options;
  const conversations = createConversationStores({
    connection,
    fetchHistory: (...page) => api.sessions.history(...page),
    historyCache,
    onLastChance: pageLastChances,
    schedule,
  });
  const drafts = createDraftStorage(storage);
  return {
    conversations,
    composers: createSessionComposers({ api, connection, conversations, drafts, newKey }),
    answers: createAnswerDrafts(storage),
    reasons: createReasonDrafts(tabStorage),
    docks: createLazyValue(async () => (await import('./session-docks.tsx')).SessionDocks),
  };
}
