import { type Api, type ApiOptions, createSettingsApi, type SessionList, type SettingsApi } from '@konui/client';
import { createNotifications, type Notifications } from '../features/notifications/notifications.ts';
import { keepTails } from '../offline/keep-tails.ts';
import type { OfflineStore } from '../offline/offline-store.ts';
import { tellWhileHidden } from './page-notices.ts';

/** What goes on beside the page, and nobody waits for at its start. */
export interface Background {
  readonly settingsApi: SettingsApi;
  readonly notifications: Notifications;
  close(): void;
}

interface BackgroundOptions {
  readonly apiOptions: ApiOptions;
  readonly api: Pick<Api, 'sessions'>;
  readonly sessionList: SessionList;
  readonly offline: OfflineStore;
  readonly worker: Promise<ServiceWorkerRegistration | undefined>;
  readonly storage: Storage;
}

export function startBackground({ apiOptions, api, sessionList, offline, ...own }: BackgroundOptions): Background {
  const settingsApi = createSettingsApi(apiOptions);
  const notifications = createNotifications({ ...own, api: settingsApi });
  const fetchTail = (sessionId: string): ReturnType<Api['sessions']['history']> => api.sessions.history(sessionId);
  const removals = [
    tellWhileHidden(sessionList, notifications),
    keepTails({ sessionList, store: offline, fetchTail }),
    notifications.close,
  ];
  return {
    settingsApi,
    notifications,
    close() {
      for (const remove of removals) remove();
    },
  };
}
