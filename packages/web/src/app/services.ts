import {
  type Api,
  type ApiOptions,
  type Connection,
  createApi,
  createConnection,
  createKontaskInbox,
  createKontasksApi,
  createReadMarks,
  createSessionList,
  type KontaskInbox,
  type KontasksApi,
  type ReadMarks,
  type SessionList,
} from '@konui/client';
import { CommandId, newId } from '@konui/protocol';
import { createContext, useContext } from 'react';
import type { TokenStorage } from '../features/sign-in/token-storage.ts';
import { createLazyOfflineStore } from '../offline/lazy-offline-store.ts';
import type { OfflineStore } from '../offline/offline-store.ts';
import type { PageWorker } from '../offline/page-worker.ts';
import { createSavedSessionList } from '../offline/saved-sessions.ts';
import type { SessionParts } from '../session/session-parts.ts';
import type { SessionServices } from '../session/session-services.ts';
import { type ConnectionStatus, createConnectionStatus } from './connection-status.ts';
import { takeAhead } from '../first/requests-ahead.ts';
import { createSingleKeys, type SingleKeys } from '../ui/single-keys.ts';
import { createToasts, type Toasts } from '../ui/toast/toasts.ts';
import { type AgentNamesStore, createAgentNames } from './agent-names-store.ts';
import { type AppearanceChoice, createAppearanceChoice } from './appearance.ts';
import { createLazyBackground, type LazyBackground } from './lazy-background.ts';
import { createPatientFetch } from './patient-fetch.ts';
import { createPageLiveness, type PageLiveness } from './page-liveness.ts';
import type { LayoutParts } from './kontask-layouts.ts';
import { followNewestPage } from './newest-page.ts';
import { scheduleDraw } from './schedule-draw.ts';
import { createLoadingProgress, type LoadingProgress } from './loading-progress.ts';
import { createLazyValue, type LazyValue } from '../ui/lazy-value.ts';
import { createOwnRights, type OwnRightsStore } from './own-rights-store.ts';
import type { ThemeChoice } from './theme.ts';
import { createTransportChoice, type TransportChoice } from './transport-setting.ts';

/** What the pages work with once somebody is signed in. */
export interface Services extends Omit<SessionServices, keyof SessionParts> {
  /** What sessions need that are open, loaded with the first of them. */
  readonly sessionParts: LazyValue<SessionParts>;
  readonly api: Api;
  readonly connection: Connection;
  readonly connectionStatus: ConnectionStatus;
  readonly ownRights: OwnRightsStore;
  readonly agentNames: AgentNamesStore;
  readonly sessionList: SessionList;
  readonly liveness: PageLiveness;
  readonly loadingProgress: LoadingProgress;
  readonly readMarks: ReadMarks;
  readonly kontasks: KontasksApi;
  readonly kontaskInbox: KontaskInbox;
  readonly layoutParts: LazyValue<LayoutParts>;
  readonly toasts: Toasts;
  readonly theme: ThemeChoice;
  readonly appearance: AppearanceChoice;
  readonly singleKeys: SingleKeys;
  readonly background: LazyBackground;
  readonly offline: OfflineStore;
  readonly transport: TransportChoice;
  readonly worker: PageWorker;
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
  worker,
}: {
  origin: string;
  storage: Storage;
  token: TokenStorage;
  theme: ThemeChoice;
  worker: PageWorker;
}): Services {
  const getToken = (): string | undefined => token.read();
  const isLost = (): boolean => connection.heardAtMs() !== undefined && connection.state.state !== 'live';
  const patientFetch = createPatientFetch(fetch.bind(window), isLost);
  const apiOptions: ApiOptions = { baseUrl: origin, getToken, fetch: patientFetch };
  const api = createApi({ ...apiOptions, fetch: takeAhead(window.konuiAhead ?? [], patientFetch) });
  const getTicket = async (signal: AbortSignal): Promise<string> => (await api.createTicket(signal)).ticket;
  const transport = createTransportChoice(storage);
  const connection = createConnection({
    url: `${origin}/ws`,
    getTicket,
    getToken,
    storage,
    transport: transport.read(),
  });
  const connectionStatus = createConnectionStatus(connection);
  const ownRights = createOwnRights(connection, async () => {
    const own = getToken();
    const headers: Record<string, string> = own === undefined ? {} : { authorization: `Bearer ${own}` };
    const answer = await patientFetch(`${origin}/api/me`, { headers, cache: 'no-store' });
    return answer.ok ? await answer.json() : undefined;
  });
  const agentNames = createAgentNames(connection, () => api.providers(), storage);
  const offline = createLazyOfflineStore(token.read());
  const listed = createSessionList(connection, api);
  const sessionList = createSavedSessionList(listed, offline);
  const liveness = createPageLiveness({ connection, connectionStatus, sessionList });
  const background = createLazyBackground({
    apiOptions,
    api,
    sessionList: listed,
    offline,
    worker: worker.ready,
    storage,
  });
  const removals = [followNewestPage(connectionStatus, worker), background.close];
  const loadingProgress = createLoadingProgress(connection);
  const readMarks = createReadMarks(connection, api);
  const kontasks = createKontasksApi(apiOptions);
  const kontaskInbox = createKontaskInbox(connection, kontasks);
  const layoutParts = createLazyValue(async () =>
    (await import('./kontask-layouts.ts')).startLayouts(connection, { ...apiOptions, storage }),
  );
  const toasts = createToasts();
  const newKey = (): string => newId(CommandId);
  connection.connect();
  return {
    api,
    connection,
    connectionStatus,
    ownRights,
    agentNames,
    sessionList,
    liveness,
    loadingProgress,
    readMarks,
    kontasks,
    kontaskInbox,
    layoutParts,
    toasts,
    theme,
    appearance: createAppearanceChoice(storage),
    background,
    offline,
    transport,
    worker,
    singleKeys: createSingleKeys(storage),
    sessionParts: createLazyValue(async () => {
      const { createSessionParts } = await import('../session/session-parts.ts');
      return createSessionParts({
        api,
        connection,
        historyCache: offline,
        storage,
        tabStorage: sessionStorage,
        schedule: scheduleDraw,
        newKey,
      });
    }),
    newKey,
    close() {
      for (const remove of removals) remove();
      toasts.close();
      readMarks.close();
      loadingProgress.close();
      kontaskInbox.close();
      layoutParts.now?.layouts.close();
      liveness.close();
      sessionList.close();
      ownRights.close();
      agentNames.close();
      connectionStatus.close();
      connection.close();
    },
  };
}

const ServicesContext = createContext<Services | undefined>(undefined);

export const ServicesProvider = ServicesContext.Provider;

/** Ends the sign-in, at a person's wish. */
export const SignOutContext = createContext<() => void>(() => undefined);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === undefined) throw new Error('useServices outside of ServicesProvider');
  return services;
}
