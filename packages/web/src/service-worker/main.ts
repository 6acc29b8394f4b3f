// The service worker: keeps the page for times without a network, shows what is pushed and answers from there. It is
// built into one file, /sw.js, that imports nothing.
import { onPress, showPush } from './notifications.ts';
import { ShellCache, type ShellBuild } from './shell-cache.ts';
import type { WorkerScope } from './worker-scope.ts';

/** Put in by the build. */
declare const KONUI_SHELL: ShellBuild;

const scope = globalThis as unknown as WorkerScope;
const shell = new ShellCache(KONUI_SHELL);

scope.addEventListener('install', (event) => event.waitUntil(shell.fill()));

scope.addEventListener('activate', (event) => event.waitUntil(activate()));

scope.addEventListener('fetch', (event) => {
  const answer = shell.answer(event.request, event.preloadResponse);
  if (answer !== undefined) event.respondWith(answer);
});

scope.addEventListener('message', (event) => {
  // Only a person's "reload" changes the worker under an open page.
  if (event.data === 'skip-waiting') event.waitUntil(scope.skipWaiting());
  if (event.data === 'page-loaded') event.waitUntil(removeOldFiles());
});

scope.addEventListener('push', (event) => event.waitUntil(showPush(scope, event.data?.text())));

scope.addEventListener('notificationclick', (event) => {
  const { action, notification } = event;
  const data: unknown = notification.data;
  notification.close();
  event.waitUntil(onPress(scope, data, action));
});

scope.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(renewSubscription(event.oldSubscription ?? null, event.newSubscription ?? null));
});

async function activate(): Promise<void> {
  await scope.registration.navigationPreload?.enable();
  await removeOldFiles();
  await scope.clients.claim();
}

/** A tab that shows the build before may still need its files, and a worker that waits has brought newer ones. */
async function removeOldFiles(): Promise<void> {
  const { waiting, installing } = scope.registration;
  const windows = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (waiting === null && installing === null && windows.length <= 1) await shell.removeOthers();
}

/** The gateway is told by a page, which is signed in: an open one now, otherwise the next. */
async function renewSubscription(old: PushSubscription | null, renewed: PushSubscription | null): Promise<void> {
  if (renewed === null && old !== null) await scope.registration.pushManager.subscribe(old.options);
  for (const page of await scope.clients.matchAll({ type: 'window' })) page.postMessage('push-subscription-changed');
}
