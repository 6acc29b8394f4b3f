import { enNotifications } from '../text/en-notifications.ts';
import { addressOf, parsePushMessage, type PushAction, type PushMessage } from './push-message.ts';
import type { WindowClient, WorkerScope } from './worker-scope.ts';

const ICON = '/icons/icon-192.png';
const BADGE = '/icons/badge-96.png';

/** A notification as browsers with buttons take it. */
type Options = NotificationOptions & { actions?: { action: string; title: string }[]; renotify?: boolean };

/** Shows what was pushed, or takes back what no longer holds. */
export async function showPush(scope: WorkerScope, text: string | undefined): Promise<void> {
  const message = parsePushMessage(parseJson(text));
  if (message === undefined) return show(scope, unknownMessage());
  if (message.type === 'cleared') {
    for (const shown of await scope.registration.getNotifications({ tag: message.tag })) shown.close();
    return;
  }
  const windows = await windowsOf(scope);
  // Somebody looks at the session already: its page shows the same.
  if (message.type !== 'test' && windows.some((page) => page.focused && showsSession(page, message))) return;
  await show(scope, message);
}

/** A press: one of the buttons answers without opening a page, elsewhere it opens the request or the session. */
export async function onPress(scope: WorkerScope, data: unknown, pressed: string): Promise<void> {
  const message = parsePushMessage(data);
  const action = message?.actions.find((each) => each.action === pressed);
  if (message !== undefined && action !== undefined) return answer(scope, message, action);
  await openPage(scope, message);
}

async function openPage(scope: WorkerScope, message: PushMessage | undefined): Promise<void> {
  const open = (await windowsOf(scope)).find((page) => message !== undefined && showsSession(page, message));
  if (open === undefined) await scope.clients.openWindow(message === undefined ? '/' : addressOf(message));
  else await open.focus();
}

async function answer(scope: WorkerScope, message: PushMessage, action: PushAction): Promise<void> {
  const outcome = await sendApproval(action.token);
  const said = outcome === 'done' ? (action.action === 'allow' ? 'allowed' : 'denied') : outcome;
  // Nothing is left to answer, unless the answer did not arrive: then a press leads to the request itself.
  const rest = { ...message, actions: [] };
  await show(scope, { ...rest, title: enNotifications.answer[said], body: message.body }, said !== 'unsent');
}

async function sendApproval(token: string): Promise<'done' | 'answered' | 'unsent'> {
  try {
    const response = await fetch('/api/approvals', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    if (response.ok) return 'done';
    // Used, expired or closed by another device; anything else may work from the page.
    return [401, 403, 404, 409, 410].includes(response.status) ? 'answered' : 'unsent';
  } catch {
    return 'unsent';
  }
}

async function show(scope: WorkerScope, message: PushMessage, isQuiet = false): Promise<void> {
  const { tag, title, body, actions } = message;
  const options: Options = {
    tag,
    body,
    icon: ICON,
    badge: BADGE,
    data: message,
    silent: isQuiet,
    renotify: !isQuiet,
    requireInteraction: !isQuiet && (message.type === 'permission' || message.type === 'question'),
    actions: actions.map((each) => ({ action: each.action, title: each.title })),
  };
  await scope.registration.showNotification(title, options);
}

/** A browser takes the right to push away from a page that shows nothing for a push. */
function unknownMessage(): PushMessage {
  const { title, body } = enNotifications.unknown;
  const nothing = { sessionId: undefined, requestId: undefined, actions: [] };
  return { type: 'test', tag: 'unknown', title, body, url: '/', ...nothing };
}

function windowsOf(scope: WorkerScope): Promise<readonly WindowClient[]> {
  return scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
}

function showsSession({ url }: WindowClient, { sessionId }: PushMessage): boolean {
  const { pathname, searchParams } = new URL(url);
  const isRequest = pathname.startsWith('/approve/') && searchParams.get('session') === sessionId;
  return sessionId !== undefined && (pathname === `/s/${sessionId}` || isRequest);
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
