import { CLOSE_CODES, type ClientFrameInput, CommandId, type GatewayFrame, newId, PromptId } from '@konui/protocol';
import { systemClock } from '../clock.ts';
import { createListeners, type Listeners, throwLater } from '../listeners.ts';
import { createMemoryStorage } from '../outbox/outbox-storage.ts';
import { Outbox } from '../outbox/outbox.ts';
import { Subscriptions } from '../subscriptions/subscriptions.ts';
import { backoffMs } from './backoff.ts';
import type { ClientVisibility, Connection, ConnectionOptions } from './connection-options.ts';
import type { ConnectionState, LiveConnection } from './connection-state.ts';
import { Link } from './link.ts';
import { OpenRuns } from './open-runs.ts';
import { parseServerFrame, type ServerFrame } from './server-frame.ts';
import { shareInTab } from './share-in-tab.ts';
import { probeSignIn } from './sign-in.ts';
import { createSseOpener } from './sse-channel.ts';
import { TransportChoice } from './transport-choice.ts';
import { browserWakeUps } from './wake-ups.ts';
import { createWebSocketOpener } from './web-socket-channel.ts';
import { WebSocketTrial } from './web-socket-trial.ts';

/** Creates a closed connection, or joins the tab's one to the same address; `connect()` opens it. */
export function createConnection(options: ConnectionOptions): Connection {
  const url = options.url.replace(/^http/, 'ws');
  return shareInTab(options.tab, url, () => openConnection(url, options));
}

function openConnection(url: string, options: ConnectionOptions): Connection {
  const { clock = systemClock, random = Math.random, onListenerError: report = throwLater } = options;
  const send = options.fetch ?? ((...request: Parameters<typeof fetch>) => fetch(...request));
  const states = createListeners<[ConnectionState]>(report);
  const pendingChanges = createListeners<[string]>(report);
  const frames = new Map<string, Listeners<[GatewayFrame]>>();
  const runs = new OpenRuns();
  let visibility: ClientVisibility | undefined;
  const retryDelayMs = (failures: number) => backoffMs(failures, random);

  const choice = new TransportChoice(options.transport ?? 'auto', clock);
  const openers = {
    websocket: createWebSocketOpener({ url, credentials: options, WebSocket: options.WebSocket ?? WebSocket }),
    sse: createSseOpener({ url, credentials: options, fetch: send }),
  };
  const trial = new WebSocketTrial({
    clock,
    open: openers.websocket,
    onWorks() {
      choice.onWebSocketWorks();
      link.reconnect();
    },
    onFails() {
      choice.onUpgradeFailed();
      trial.startIn(choice.webSocketAgainMs ?? 0);
    },
  });
  const link: Link<ServerFrame, LiveConnection> = new Link({
    clock,
    random,
    wakeUps: options.wakeUps ?? browserWakeUps(),
    open: (listener, signal) => openers[choice.next()](listener, signal),
    protocol: {
      parse: parseServerFrame,
      toLive(received) {
        if (received.type !== 'gateway' || received.frame.kind !== 'server_hello') return undefined;
        return { hello: received.frame, transport: choice.current };
      },
      isGoingAway(received) {
        return (
          received.type === 'gateway' &&
          received.frame.kind === 'server_notice' &&
          received.frame.notice === 'going_away'
        );
      },
    },
    probe: (signal) => probeSignIn({ url, credentials: options, fetch: send, signal }),
    onReachable() {
      if (choice.current === 'websocket') choice.onUpgradeFailed();
    },
    onState,
    onMessage: onServerFrame,
    onDrop,
  });
  const subscriptions = new Subscriptions({
    clock,
    retryDelayMs,
    report,
    send: (frame: ClientFrameInput) => link.send(JSON.stringify(frame)),
    onUnwatched(sessionId) {
      runs.forget(sessionId);
      outbox.onUnwatched(sessionId);
    },
  });
  const outbox = new Outbox({
    clock,
    retryDelayMs,
    storage: options.storage ?? createMemoryStorage(),
    send: (text) => link.send(text),
    isWatched: (sessionId) => subscriptions.isWatched(sessionId),
    onChange: (sessionId) => pendingChanges.emit(sessionId),
  });

  function onState(state: ConnectionState): void {
    trial.stop();
    if (state.state === 'live') {
      if (choice.current === 'websocket') choice.onWebSocketWorks();
      else if (choice.webSocketAgainMs !== undefined) trial.startIn(choice.webSocketAgainMs);
      subscriptions.onLive();
      outbox.onLive(state.hello.limits.maxFrameBytes);
      sendVisibility();
    }
    states.emit(state);
  }

  function sendVisibility(): void {
    if (visibility === undefined) return;
    const frame: ClientFrameInput = { type: 'client.visibility', ...visibility };
    link.send(JSON.stringify(frame));
  }

  function onDrop(code: number | undefined): void {
    subscriptions.onDrop();
    if (code === CLOSE_CODES.frameTooLarge) outbox.onFrameTooLarge();
    outbox.onDrop();
  }

  function onServerFrame(received: ServerFrame): void {
    if (received.type === 'event') {
      runs.onEvent(received.event);
      subscriptions.onEvent(received.event, received.line);
      outbox.onEvent(received.event);
      return;
    }
    subscriptions.onFrame(received.frame);
    outbox.onFrame(received.frame);
    frames.get(received.frame.kind)?.emit(received.frame);
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
    subscribe: (sessionId, { from, ...subscriber }) => subscriptions.subscribe(sessionId, subscriber, from),
    send(sessionId, content, { clientMessageId = newId(PromptId) } = {}) {
      return outbox.add(clientMessageId, { type: 'chat.send', sessionId, clientMessageId, content });
    },
    abort(sessionId, { runId } = {}) {
      const commandId = newId(CommandId);
      // In mid-replay the run that looks open may have ended long ago.
      const named = runId ?? (subscriptions.isCaughtUp(sessionId) ? runs.get(sessionId) : undefined);
      const frame = { type: 'chat.abort', sessionId, commandId } as const;
      return outbox.add(commandId, named === undefined ? frame : { ...frame, runId: named });
    },
    answerPermission(sessionId, requestId, choice) {
      const commandId = newId(CommandId);
      return outbox.add(commandId, { type: 'chat.permission-response', sessionId, requestId, commandId, ...choice });
    },
    answerElicitation(sessionId, requestId, reply) {
      const commandId = newId(CommandId);
      return outbox.add(commandId, { type: 'chat.elicitation-response', sessionId, requestId, commandId, ...reply });
    },
    changeQueue(sessionId, change) {
      const commandId = newId(CommandId);
      return outbox.add(commandId, { type: 'chat.queue', sessionId, commandId, change });
    },
    prepare(sessionId) {
      const commandId = newId(CommandId);
      return outbox.add(commandId, { type: 'chat.prepare', sessionId, commandId });
    },
    configure(sessionId, option) {
      const commandId = newId(CommandId);
      return outbox.add(commandId, { type: 'chat.configure', sessionId, commandId, option });
    },
    setVisibility(next) {
      if (next.isVisible === visibility?.isVisible && next.sessionId === visibility.sessionId) return;
      visibility = next;
      sendVisibility();
    },
    pending: (sessionId) => outbox.pending(sessionId),
    onPendingChange: (listener) => pendingChanges.add(listener),
    missingEvents: () => subscriptions.missing,
    heardAtMs: () => link.heardAtMs,
    sawEvents: (events) => events.forEach((event) => outbox.onEvent(event)),
    onFrame(kind, listener) {
      const listeners = frames.get(kind) ?? createListeners<[GatewayFrame]>(report);
      frames.set(kind, listeners);
      return listeners.add((frame) => {
        if (isOfKind(frame, kind)) listener(frame);
      });
    },
  };
}

function isOfKind<Kind extends GatewayFrame['kind']>(
  frame: GatewayFrame,
  kind: Kind,
): frame is Extract<GatewayFrame, { kind: Kind }> {
  return frame.kind === kind;
}
