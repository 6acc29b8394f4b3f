import type { Page, Worker } from 'playwright-core';
import { expect } from 'vitest';

/** Hands the page's worker a push, as a push service would. */
export async function deliverPush(page: Page, message: object): Promise<void> {
  const { origin } = new URL(page.url());
  const session = await page.context().newCDPSession(page);
  const registrations = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: found }) => {
      const own = found.find(({ scopeURL, isDeleted }) => scopeURL === `${origin}/` && !isDeleted);
      if (own !== undefined) resolve(own.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  const data = JSON.stringify(message);
  await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await registrations, data });
  await session.detach();
}

/** A notification as the worker's registration has it. */
export interface Shown {
  readonly title: string;
  readonly tag: string;
  readonly body: string;
  readonly actions: readonly string[];
}

export function notifications(worker: Worker): Promise<readonly Shown[]> {
  return worker.evaluate(async () => {
    const scope = globalThis as unknown as { registration: ServiceWorkerRegistration };
    const shown = await scope.registration.getNotifications();
    return shown.map((each) => {
      const { actions = [] } = each as Notification & { actions?: readonly { action: string }[] };
      return { title: each.title, tag: each.tag, body: each.body, actions: actions.map(({ action }) => action) };
    });
  });
}

/** Presses a button of the one notification, as the browser tells the worker. */
export async function press(worker: Worker, action: string): Promise<void> {
  await expect
    .poll(async () => (await notifications(worker)).some(({ actions }) => actions.includes(action)))
    .toBe(true);
  await worker.evaluate(async (pressed) => {
    const scope = globalThis as unknown as {
      registration: ServiceWorkerRegistration;
      NotificationEvent: new (type: string, init: object) => Event;
    };
    const [notification] = await scope.registration.getNotifications();
    globalThis.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification, action: pressed }));
  }, action);
}
