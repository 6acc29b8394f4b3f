import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import { AccessTokens } from './access/access-tokens.ts';
import { AllowList } from './access/allow-list.ts';
import { createClientRequestReader } from './access/client-request.ts';
import { Authorization } from './access/authorization.ts';
import { createAdmission } from './access/create-admission.ts';
import { FailedAttempts } from './access/failed-attempts.ts';
import { createSignIn } from './access/sign-in.ts';
import { Tickets } from './access/tickets.ts';
import type { Config } from './config.ts';
import type { AgentHost } from './host.ts';
import { HostWatch } from './hosts/host-watch.ts';
import { SessionDirectory } from './hosts/session-directory.ts';
import { createApp, routesOf } from './http/create-app.ts';
import { WebApp } from './http/web-app.ts';
import type { Identity } from './identity.ts';
import { InjectStore } from './inject/inject-store.ts';
import { Injector } from './inject/injector.ts';
import { RateLimit } from './inject/rate-limit.ts';
import { HandOver } from './kontasks/hand-over.ts';
import { HandOverTable } from './kontasks/hand-over-table.ts';
import { KontaskTable } from './kontasks/kontask-table.ts';
import { Kontasks } from './kontasks/kontasks.ts';
import { KontaskLayouts } from './kontasks/layouts/kontask-layouts.ts';
import { createPush } from './push/create-push.ts';
import { ReadMarks } from './read-marks/read-marks.ts';
import { Settings } from './settings/settings.ts';
import { announceHost } from './sockets/chat/announce-host.ts';
import { ConnectedClients } from './sockets/chat/connected-clients.ts';
import { SessionHubs } from './sockets/chat/session-hubs.ts';
import { ChatStreams } from './sockets/chat/stream/chat-streams.ts';
import type { ConsoleConnection } from './sockets/console/console-connection.ts';
import { createWebSocketServer } from './sockets/create-web-socket-server.ts';
import { Heartbeat } from './sockets/heartbeat.ts';
import { OpenClients } from './sockets/open-clients.ts';
import { createSocketRoutes } from './sockets/routes.ts';

export interface GatewayDependencies {
  readonly config: Pick<
    Config,
    | 'host'
    | 'port'
    | 'allowedHosts'
    | 'allowedOrigins'
    | 'trustedProxies'
    | 'platformUser'
    | 'webFolder'
    | 'pushContact'
    | 'pushAllowsPrivate'
  >;
  readonly database: DatabaseSync;
  readonly host: AgentHost;
  readonly log: Logger;
  readonly version: string;
  readonly heartbeat: { readonly intervalMs: number; readonly staleMs: number };
  /** How long a session's stream stays open after its last reader left. */
  readonly lingerMs: number;
  readonly clock: Clock;
  readonly createId: () => string;
  /** Where the folder picker begins. */
  readonly homeFolder: string;
  /** Where people put layouts of kontasks. */
  readonly layoutsFolder: string;
}

interface Clock {
  date(): Date;
  /** Milliseconds of a clock that never goes back. */
  monotonicMs(): number;
}

export interface Gateway {
  readonly tokens: AccessTokens;
  /** Method and path of each route of the REST API. */
  readonly routes: readonly string[];
  /** Resolves with the port; rejects with the system's error, such as EADDRINUSE. */
  listen(): Promise<number>;
  /** Says good-bye on every socket and resolves when all connections are closed. */
  close(): Promise<void>;
}

/** A build that reports each of its steps gets through; a loop does not get far. */
const INJECT_RATE = { burst: 30, perMinute: 60 } as const;

/** Requests that agents make for each other may be a loop. */
const HAND_OVER_RATE = { burst: 20, perMinute: 2 } as const;

/** What HTTP requests in progress have left to end by themselves. */
const REQUEST_GRACE_MS = 1000;

/** Puts the gateway together of its parts; they know each other only through what they are given here. */
export function createGateway(dependencies: GatewayDependencies): Gateway {
  const { config, database, host, log, version, heartbeat: timing, createId } = dependencies;
  const now = (): number => dependencies.clock.monotonicMs();
  const tokens = new AccessTokens({ database, now: () => dependencies.clock.date(), createId });
  const tickets = new Tickets({ now });
  let allowList = new AllowList(config);
  const failedAttempts = new FailedAttempts({ now });
  const admission = createAdmission({
    failedAttempts,
    readRequest: createClientRequestReader(config.trustedProxies),
    allowList: () => allowList,
    signIn: createSignIn({
      tokens,
      tickets,
      failedAttempts,
      platformUser: config.platformUser,
    }),
  });
  const webApp = new WebApp(config.webFolder);
  const buildId = (): string => webApp.buildId();
  const consoles = new Set<ConsoleConnection>();
  const hubs = new SessionHubs({ host, lingerMs: dependencies.lingerMs });
  const readMarks = new ReadMarks({ database });
  const hostWatch = new HostWatch(host);
  const sessions = new SessionDirectory(host, {
    onRemoved: (sessionId) => readMarks.remove(sessionId),
    onListed: (sessionIds) => readMarks.keepOnly(sessionIds),
  });
  const authorization = new Authorization({ tokens, sessions });
  const nameOf = ({ tokenId, user }: Identity): string =>
    user ?? (tokenId === undefined ? undefined : tokens.get(tokenId)?.name) ?? 'person';
  const kontasks = new Kontasks({ table: new KontaskTable(database), now: () => dependencies.clock.date(), createId });
  const injector = new Injector({
    host,
    reviews: kontasks,
    store: new InjectStore(database),
    rateLimit: new RateLimit({ ...INJECT_RATE, now }),
    now: () => dependencies.clock.date(),
  });
  const clients = new ConnectedClients({ authorization });
  // Before the directory forgets a session: who sees it is told that it is gone.
  announceHost(hostWatch, clients);
  sessions.follow(hostWatch);
  const settings = new Settings({ database });
  const push = createPush({
    database,
    host,
    hostWatch,
    tokens,
    authorization,
    clients,
    setting: () => settings.get('notifications'),
    config,
    now: () => dependencies.clock.date(),
    log,
  });
  const handOverRate = new RateLimit({ ...HAND_OVER_RATE, now });
  const handOver = new HandOver({
    kontasks,
    host,
    table: new HandOverTable(database),
    setting: () => settings.get('hand-over'),
    takeTurn: (name) => handOverRate.take(name),
    log,
  });
  hostWatch.add({
    onMessage(message) {
      if (message.type === 'session_upserted' && handOver.concerns(message.session)) handOver.check();
    },
    onReachable: () => handOver.check(),
    onUnreachable: () => undefined,
  });
  kontasks.onNews((news) => {
    if (news.type === 'removed') {
      const { kontaskId } = news;
      clients.broadcastToUnbound(`kontask ${kontaskId}`, { kind: 'kontask_removed', kontaskId });
      push.kontasks.onRemoved(kontaskId);
      return;
    }
    const { kontask } = news;
    clients.broadcastToUnbound(`kontask ${kontask.id}`, { kind: 'kontask_upserted', kontask });
    for (const connection of consoles) connection.tellOf(kontask);
    push.kontasks.onChanged(kontask);
    if (kontask.status === 'requested') handOver.check();
  });
  const layouts = new KontaskLayouts({
    folder: dependencies.layoutsFolder,
    now: () => dependencies.clock.date(),
    log,
  });
  layouts.onChange(() => clients.broadcastToUnbound('kontask layouts', { kind: 'kontask_layouts_changed' }));
  const openClients = new OpenClients();
  const heartbeat = new Heartbeat({ ...timing, now });
  const chat = {
    host,
    hubs,
    clients,
    authorization,
    timing,
    buildId,
    log,
    serverVersion: version,
    isHostReachable: () => hostWatch.isReachable,
  };

  const app = createApp({
    admission,
    host,
    streams: new ChatStreams({ ...chat, heartbeat, openClients, createId }),
    webApp,
    log,
    tokens,
    tickets,
    readMarks,
    settings,
    onHandOverChanged: () => handOver.check(),
    push,
    approvals: push.approvals,
    kontasks,
    layouts,
    injector,
    nameOf,
    sessions,
    announceReadMark: (sessionId, seq) =>
      clients.broadcastAbout({ sessionId }, `read ${sessionId}`, { kind: 'read_marked', sessionId, seq }),
    authorization,
    now: () => dependencies.clock.date(),
    version,
    heartbeat: timing,
    buildId,
    pid: process.pid,
    homeFolder: dependencies.homeFolder,
    connectedClients: () => clients.size + consoles.size,
  });
  const answerRequest = getRequestListener(app.fetch);
  const server = createServer(
    // Only for WebSockets: any other upgrade that a client offers (curl --http2) is an ordinary request.
    {
      noDelay: true,
      shouldUpgradeCallback: (request: IncomingMessage) => request.headers.upgrade?.toLowerCase() === 'websocket',
    },
    (request, answer) => void answerRequest(request, answer),
  );
  const routes = createSocketRoutes({ ...chat, consoles, injector, nameOf, homeFolder: dependencies.homeFolder });
  const sockets = createWebSocketServer(server, { routes, admission, heartbeat, openClients, createId, log });
  const stopListening = tokens.onEnded((tokenId) => openClients.closeToken(tokenId));

  return {
    tokens,
    routes: routesOf(app),
    async listen() {
      layouts.start();
      server.listen({ host: config.host, port: config.port });
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : config.port;
      allowList = new AllowList({ ...config, port });
      return port;
    },
    async close() {
      stopListening();
      tokens.close();
      const closed = new Promise((resolve) => server.close(resolve));
      sockets.close();
      heartbeat.close();
      await openClients.close();
      hostWatch.close();
      layouts.close();
      await handOver.close();
      await push.close();
      hubs.close();
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), REQUEST_GRACE_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}
