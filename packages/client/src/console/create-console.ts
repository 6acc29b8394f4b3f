import { CLOSE_CODES, CommandId, type ConsoleServerMessage, newId, PromptId } from '@konui/protocol';
import { systemClock } from '../clock.ts';
import { backoffMs } from '../connection/backoff.ts';
import type { LinkState } from '../connection/connection-state.ts';
import { Link } from '../connection/link.ts';
import { shareInTab } from '../connection/share-in-tab.ts';
import { probeSignIn } from '../connection/sign-in.ts';
import { browserWakeUps } from '../connection/wake-ups.ts';
import { createWebSocketOpener } from '../connection/web-socket-channel.ts';
import { createListeners, type Listeners, throwLater } from '../listeners.ts';
import { ConsoleFeed } from './console-feed.ts';
import type {
  ConsoleMessage,
  ConsoleMessageType,
  ConsoleOptions,
  ConsolePromptOptions,
  ConsoleSocket,
  ImageBytes,
} from './console-options.ts';
import { ConsoleOutbox } from './console-outbox.ts';
import { ConsoleReader, type ReceivedMessage } from './console-reader.ts';
import type { OutgoingImage } from './pending-console-message.ts';

/** Creates a closed console, or joins the tab's one for the same session; `connect()` opens it. */
export function createConsole(options: ConsoleOptions): ConsoleSocket {
  const url = new URL(options.url.replace(/^http/, 'ws'));
  const { session, agent, project, images } = options;
  for (const [name, value] of Object.entries({ session, agent, project, images })) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return shareInTab(options.tab, url.href, () => openConsole(url.href, options));
}

function openConsole(url: string, options: ConsoleOptions): ConsoleSocket {
  const { clock = systemClock, random = Math.random, onListenerError: report = throwLater } = options;
  const send = options.fetch ?? ((...request: Parameters<typeof fetch>) => fetch(...request));
  const states = createListeners<[LinkState]>(report);
  const resets = createListeners<[]>(report);
  const pendingChanges = createListeners<[]>(report);
  const messages = new Map<string, Listeners<[ConsoleServerMessage, ImageBytes]>>();
  const feed = new ConsoleFeed(options);
  const reader = new ConsoleReader();
  const link = new Link<ReceivedMessage, object>({
    clock,
    random,
    wakeUps: options.wakeUps ?? browserWakeUps(),
    open: (listener, signal) =>
      createWebSocketOpener({
        url: resumed(url, feed),
        credentials: options,
        WebSocket: options.WebSocket ?? WebSocket,
      })(listener, signal),
    protocol: {
      parse: (data) => reader.read(data),
      toLive: () => ({}),
      // It says so by its close code alone (SPEC CON8).
      isGoingAway: () => false,
    },
    probe: (signal) => probeSignIn({ url, credentials: options, fetch: send, signal }),
    onReachable: () => undefined,
    onState: (state) => states.emit(state),
    onMessage,
    onDrop(code) {
      reader.reset();
      feed.onDrop();
      if (code === CLOSE_CODES.frameTooLarge) outbox.onFrameTooLarge();
      outbox.onDrop();
    },
  });
  const outbox = new ConsoleOutbox({
    clock,
    retryDelayMs: (failures) => backoffMs(failures, random),
    send: (data) => link.send(data),
    onChange: () => pendingChanges.emit(),
  });

  function onMessage({ message, images }: ReceivedMessage): void {
    if (message.type === 'pong') {
      // All that is said to a token that may not read (SPEC CON12).
      if (!feed.hasSession) outbox.onReady();
      return;
    }
    const verdict = feed.onMessage(message);
    const isOwn = verdict === 'news' && outbox.onMessage(message);
    if (verdict === 'reset') resets.emit();
    else if (verdict === 'news' && !isOwn) messages.get(message.type)?.emit(message, images);
    // What a socket without a session is asked for gets the reason as its answer.
    if (feed.isCaughtUp || (!feed.hasSession && message.type === 'error' && !message.retryable)) outbox.onReady();
  }

  return {
    get state() {
      return link.state;
    },
    onState: (listener) => states.add(listener),
    connect: () => link.connect(),
    retry: () => link.retry(),
    close() {
      link.close();
      outbox.close();
    },
    get sessionId() {
      return feed.sessionId;
    },
    get cursor() {
      return feed.cursor;
    },
    onMessage(type, listener) {
      const listeners = messages.get(type) ?? createListeners<[ConsoleServerMessage, ImageBytes]>(report);
      messages.set(type, listeners);
      return listeners.add((message, images) => {
        if (isOfType(message, type)) listener(message, images);
      });
    },
    onReset: (listener) => resets.add(listener),
    prompt(text, { id = newId(PromptId), images } = {}) {
      return outbox.add({ commandId: id, message: { type: 'prompt', id, text }, images: toOutgoing(images) });
    },
    inject(text, { idempotencyKey = newId(CommandId), images, ...choices } = {}) {
      const message = { type: 'inject', idempotencyKey, text, ...choices } as const;
      return outbox.add({ commandId: idempotencyKey, message, images: toOutgoing(images) });
    },
    permission(requestId, choice) {
      return outbox.add({ commandId: requestId, message: { type: 'permission', requestId, ...choice }, images: [] });
    },
    cancel() {
      return outbox.add({ commandId: newId(CommandId), message: { type: 'cancel', runId: feed.runId }, images: [] });
    },
    pending: () => outbox.pending(),
    onPendingChange: (listener) => pendingChanges.add(listener),
  };
}

/** The address of the next socket: the same session, from where the last one ended. */
function resumed(url: string, { sessionId, cursor }: ConsoleFeed): string {
  const address = new URL(url);
  if (sessionId === undefined) return url;
  address.searchParams.set('session', sessionId);
  if (cursor !== undefined) address.searchParams.set('after', String(cursor.seq));
  if (cursor?.epoch !== undefined) address.searchParams.set('epoch', cursor.epoch);
  return address.href;
}

function toOutgoing(images: ConsolePromptOptions['images'] = []): OutgoingImage[] {
  return images.map((bytes) => ({ bytes, attachment: undefined }));
}

function isOfType<Type extends ConsoleMessageType>(
  message: ConsoleServerMessage,
  type: Type,
): message is ConsoleMessage<Type> {
  return message.type === type;
}
