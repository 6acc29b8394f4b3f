import { type Api, type ApiOptions, createSettingsApi, type SessionList, type SettingsApi } from '@konui/client';
import { KonuiError } from '@konui/protocol';
import { createDraftStorage } from '../features/composer/draft-storage.ts';
import { forgetDrafts } from '../features/composer/forget-drafts.ts';
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
  const isDeleted = async (sessionId: string): Promise<boolean | undefined> => {
    try {
      await api.sessions.get(sessionId);
      return false;
    } catch (error) {
      if (!(error instanceof KonuiError) || error.isRetryable) return undefined;
      return error.code === 'SESSION_GONE';
    }
  };
  const removals = [
    tellWhileHidden(sessionList, notifications),
    keepTails({ sessionList, store: offline, fetchTail }),
    forgetDrafts({ sessionList, drafts: createDraftStorage(own.storage), isDeleted }),
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
