import {
  type Api,
  type Connection,
  createApi,
  createConnection,
  createReadMarks,
  createSessionList,
  type ReadMarks,
  type SessionList,
} from '@konui/client';
import { CommandId, newId } from '@konui/protocol';
import { createContext, useContext } from 'react';
import { createDraftStorage } from '../features/composer/draft-storage.ts';
import { createAnswerDrafts } from '../features/docks/question/answer-drafts.ts';
import type { TokenStorage } from '../features/sign-in/token-storage.ts';
import { createConversationStores } from '../session/conversation-stores.ts';
import { createSessionComposers } from '../session/session-composers.ts';
import type { SessionServices } from '../session/session-services.ts';
import { type ConnectionStatus, createConnectionStatus } from './connection-status.ts';
import { createSingleKeys, type SingleKeys } from '../ui/single-keys.ts';
import { createToasts, type Toasts } from '../ui/toast/toasts.ts';
import { scheduleDraw } from './schedule-draw.ts';
import type { ThemeChoice } from './theme.ts';

/** What the pages work with once somebody is signed in. */
export interface Services extends SessionServices {
  readonly api: Api;
  readonly connection: Connection;
  readonly connectionStatus: ConnectionStatus;
  readonly sessionList: SessionList;
  readonly readMarks: ReadMarks;
  readonly toasts: Toasts;
  readonly theme: ThemeChoice;
  readonly singleKeys: SingleKeys;
  /** Names something of this page only. */
  readonly newKey: () => string;
  close(): void;
}

/** Opens the tab's one connection and all that lives on it. */
export function startServices({
  origin,
  storage,
  token,
  theme,
}: {
  origin: string;
  storage: Storage;
  token: TokenStorage;
  theme: ThemeChoice;
}): Services {
  const getToken = (): string | undefined => token.read();
  const api = createApi({ baseUrl: origin, getToken });
  const getTicket = async (): Promise<string> => (await api.createTicket()).ticket;
  const connection = createConnection({ url: `${origin}/ws`, getTicket, getToken, storage });
  const connectionStatus = createConnectionStatus(connection);
  const sessionList = createSessionList(connection, api);
  const readMarks = createReadMarks(connection, api);
  const toasts = createToasts();
  const conversations = createConversationStores({ connection, schedule: scheduleDraw });
  const drafts = createDraftStorage(storage);
  const newKey = (): string => newId(CommandId);
  connection.connect();
  return {
    api,
    connection,
    connectionStatus,
    sessionList,
    readMarks,
    toasts,
    theme,
    singleKeys: createSingleKeys(storage),
    conversations,
    composers: createSessionComposers({ api, connection, conversations, drafts, newKey }),
    answers: createAnswerDrafts(storage),
    newKey,
    close() {
      toasts.close();
      readMarks.close();
      sessionList.close();
      connectionStatus.close();
      connection.close();
    },
  };
}

const ServicesContext = createContext<Services | undefined>(undefined);

export const ServicesProvider = ServicesContext.Provider;

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === undefined) throw new Error('useServices outside of ServicesProvider');
  return services;
}
