import type { SettingsApi } from '@konui/client';
import { enNotifications } from '../../text/en-notifications.ts';
import { createStore } from '../../ui/create-store.ts';
import type { Store } from '../../ui/use-store.ts';
import { type NotificationChoice, type NotificationKind, toNotificationChoice } from './notification-kinds.ts';

/** Whether this device tells of what happens. */
export type NotificationsState =
  /** `insecure`: plain HTTP other than localhost. `unsupported`: the browser has none (on iPhones: until installed). */
  | { readonly state: 'insecure' | 'unsupported' }
  /** The person, or their administrator, has forbidden it in the browser; only there it can be allowed again. */
  | { readonly state: 'blocked' }
  | { readonly state: 'off' }
  /** `push`: also while no page is open. */
  | { readonly state: 'on'; readonly reach: 'push' | 'open-page' };

export interface NotificationsView {
  readonly now: NotificationsState;
  readonly choice: NotificationChoice;
  readonly isBusy: boolean;
  /** Why the last press came to nothing. */
  readonly problem: string | undefined;
}

export interface Notifications extends Store<NotificationsView> {
  /** Asks the browser; only a person's press may call it. Never rejects. */
  readonly switchOn: () => Promise<void>;
  readonly switchOff: () => Promise<void>;
  readonly choose: (choice: NotificationChoice) => Promise<void>;
  /** Sends a notification the whole way: gateway, push service, service worker. */
  readonly test: () => Promise<void>;
  /** Shows or takes back one from this page; does nothing where the gateway pushes, or they are off. */
  readonly show: (notice: PageNotice) => Promise<void>;
  readonly takeBack: (tag: string) => Promise<void>;
  /** At sign-out: this browser is told of nothing any more. */
  readonly forget: () => Promise<void>;
  readonly close: () => void;
}

export interface PageNotice {
  readonly type: 'permission' | 'question' | 'finished' | 'failed';
  /** That has to be wanted. */
  readonly kind: NotificationKind;
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  readonly sessionId: string;
}

interface NotificationsOptions {
  /** The service worker; undefined where there is none. */
  readonly worker: Promise<ServiceWorkerRegistration | undefined>;
  readonly api: Pick<SettingsApi, 'push'>;
  readonly storage: Storage;
}

/** A browser that cannot reach its push service may not say so for minutes. */
const SUBSCRIBE_MS = 15_000;
const ON_KEY = 'konui.notifications';
const CHOICE_KEY = 'konui.notification-choice';
/** The subscription that the gateway knows of. */
const ENDPOINT_KEY = 'konui.push-endpoint';

export function createNotifications({ worker, api, storage }: NotificationsOptions): Notifications {
  const store = createStore<NotificationsView>({
    now: firstState(storage),
    choice: toNotificationChoice(parseJson(storage.getItem(CHOICE_KEY))),
    isBusy: false,
    problem: undefined,
  });
  let isClosed = false;
  const change = (next: Partial<NotificationsView>): void => {
    if (!isClosed) store.set({ ...store.get(), ...next });
  };
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    change({ isBusy: true, problem: undefined });
    try {
      await work();
      change({ isBusy: false });
    } catch (error) {
      change({ isBusy: false, problem: error instanceof Error ? error.message : String(error) });
    }
  };
  const tellGateway = async (subscription: PushSubscription): Promise<void> => {
    await api.push.subscribe(subscription.toJSON(), store.get().choice);
    storage.setItem(ENDPOINT_KEY, subscription.endpoint);
  };
  /** A browser without a push service still notifies while a page is open. */
  const subscribe = async (): Promise<'push' | 'open-page'> => {
    const registration = await worker;
    if (registration?.pushManager === undefined) return 'open-page';
    const applicationServerKey = await api.push.key();
    const known = await registration.pushManager.getSubscription();
    const asked = known ?? registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
    const subscription = await orNothing(asked);
    if (subscription === undefined) return 'open-page';
    await tellGateway(subscription);
    return 'push';
  };
  const unsubscribe = async (): Promise<void> => {
    const subscription = await (await worker)?.pushManager?.getSubscription();
    storage.removeItem(ENDPOINT_KEY);
    if (subscription === null || subscription === undefined) return;
    // The push service tells the gateway by itself where this does not arrive.
    await api.push.unsubscribe(subscription.endpoint).catch(() => undefined);
    await subscription.unsubscribe();
  };
  /** The browser may have renewed the subscription since the gateway was told. */
  const look = async (): Promise<void> => {
    if (store.get().now.state !== 'on') return;
    const subscription = await (await worker)?.pushManager?.getSubscription();
    if (isClosed || subscription === null || subscription === undefined) return;
    change({ now: { state: 'on', reach: 'push' } });
    if (subscription.endpoint !== storage.getItem(ENDPOINT_KEY)) await tellGateway(subscription).catch(() => undefined);
  };
  const onWorkerMessage = ({ data }: MessageEvent): void => {
    if (data === 'push-subscription-changed') void look();
  };
  navigator.serviceWorker?.addEventListener('message', onWorkerMessage);
  void look();

  return {
    get: store.get,
    subscribe: store.subscribe,
    switchOn: () =>
      attempt(async () => {
        const permission = await Notification.requestPermission();
        if (permission !== 'granted') return change({ now: { state: permission === 'denied' ? 'blocked' : 'off' } });
        storage.setItem(ON_KEY, 'on');
        change({ now: { state: 'on', reach: 'open-page' } });
        change({ now: { state: 'on', reach: await subscribe() } });
      }),
    switchOff: () =>
      attempt(async () => {
        storage.removeItem(ON_KEY);
        change({ now: { state: 'off' } });
        await unsubscribe();
      }),
    choose: (choice) =>
      attempt(async () => {
        storage.setItem(CHOICE_KEY, JSON.stringify(choice));
        change({ choice });
        const subscription = await (await worker)?.pushManager?.getSubscription();
        if (store.get().now.state === 'on' && subscription) await tellGateway(subscription);
      }),
    test: () =>
      attempt(async () => {
        const { sent } = await api.push.test();
        if (sent === 0) throw new Error(enNotifications.testFailed);
      }),
    async show({ type, kind, tag, title, body, sessionId }) {
      const { now, choice } = store.get();
      // Where the gateway pushes, it alone does: two of each would be one too many.
      if (now.state !== 'on' || now.reach === 'push' || !choice[kind]) return;
      const data = { v: 1, type, tag, title, body, url: `/s/${sessionId}`, sessionId };
      await (await worker)?.showNotification(title, { tag, body, icon: '/icons/icon-192.png', data });
    },
    async takeBack(tag) {
      if (store.get().now.state !== 'on') return;
      for (const shown of (await (await worker)?.getNotifications({ tag })) ?? []) shown.close();
    },
    async forget() {
      storage.removeItem(ON_KEY);
      await unsubscribe();
    },
    close() {
      isClosed = true;
      navigator.serviceWorker?.removeEventListener('message', onWorkerMessage);
    },
  };
}

function firstState(storage: Storage): NotificationsState {
  if (!window.isSecureContext) return { state: 'insecure' };
  if (!('Notification' in window) || navigator.serviceWorker === undefined) return { state: 'unsupported' };
  if (Notification.permission === 'denied') return { state: 'blocked' };
  const isOn = Notification.permission === 'granted' && storage.getItem(ON_KEY) === 'on';
  return isOn ? { state: 'on', reach: 'open-page' } : { state: 'off' };
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** Undefined where it fails, or takes too long. */
async function orNothing<T>(work: T | Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), SUBSCRIBE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
