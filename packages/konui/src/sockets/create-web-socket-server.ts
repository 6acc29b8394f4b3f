import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CLOSE_CODES, KonuiError, LIMITS } from '@konui/protocol';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Admission } from '../admission.ts';
import type { Identity } from '../identity.ts';
import { Heartbeat } from './heartbeat.ts';
import { RawSocket } from './raw-socket.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import type { Farewell, OpenSocket, SocketRoute } from './socket-route.ts';

/** What a client has left to answer a close frame before the connection is cut. */
const CLOSE_TIMEOUT_MS = 1000;

/** Without compression: it costs 14 times the CPU of a plain delivery, and `raw-socket.ts` relies on its absence. */
const SERVER_OPTIONS = {
  noServer: true,
  maxPayload: LIMITS.maxFrameBytes,
  perMessageDeflate: false,
  // Missing in @types/ws 8.18.
  closeTimeout: CLOSE_TIMEOUT_MS,
};

export interface WebSocketServerDependencies {
  readonly routes: readonly SocketRoute[];
  readonly admission: Admission;
  readonly heartbeat: { readonly intervalMs: number; readonly staleMs: number };
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly createId: () => string;
  readonly log: Logger;
}

export interface GatewaySockets {
  /** Sockets that are open, of all routes. */
  readonly openSockets: number;
  /** Closes a revoked token's sockets with 4401 (SPEC GW10). */
  closeToken(tokenId: string): void;
  /** Says that the gateway leaves, closes all sockets with 1012 (SPEC GW10), and resolves when they are gone. */
  close(): Promise<void>;
}

/** Attaches the gateway's WebSocket endpoints to an HTTP server. This is the folder's one public face. */
export function createWebSocketServer(server: Server, dependencies: WebSocketServerDependencies): GatewaySockets {
  const { routes, admission, now, createId, log } = dependencies;
  const heartbeat = new Heartbeat({ ...dependencies.heartbeat, now });
  const open = new Map<WebSocket, { identity: Identity; client: OpenSocket }>();
  const sockets = new WebSocketServer(SERVER_OPTIONS);

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    try {
      const admitted = admission.admit(request);
      const route = routes.find(({ path }) => path === admitted.url.pathname);
      if (route === undefined) throw new KonuiError('NOT_FOUND', 'there is no WebSocket at this path');
      const identity = admitted.signIn();
      sockets.handleUpgrade(request, stream, head, (socket) => {
        const connectionId = createId();
        const context = { connectionId, path: route.path, ...identity };
        log.info(context, 'socket opened');
        heartbeat.watch(socket);
        socket.on('error', (error) => log.info({ connectionId, reason: error.message }, 'socket failed'));
        socket.once('close', (code) => {
          open.delete(socket);
          log.info({ ...context, code }, 'socket closed');
        });
        const raw = new RawSocket(stream, socket);
        open.set(socket, {
          identity,
          client: route.open({ connectionId, socket, raw, identity, url: admitted.url, request }),
        });
      });
    } catch (error) {
      const refusal =
        error instanceof KonuiError ? error : new KonuiError('INTERNAL_ERROR', 'the upgrade failed', { cause: error });
      if (refusal.code === 'INTERNAL_ERROR') log.error({ err: error }, 'upgrade failed');
      else log.info({ code: refusal.code }, 'upgrade refused');
      refuseUpgrade(stream, refusal);
    }
  };
  server.on('upgrade', upgrade);

  const dismiss = (
    socket: WebSocket,
    client: OpenSocket,
    { farewell, code }: { farewell: Farewell; code: number },
  ): void => {
    client.sayFarewell(farewell);
    socket.close(code, farewell);
  };

  return {
    get openSockets() {
      return open.size;
    },
    closeToken(tokenId) {
      for (const [socket, { identity, client }] of open) {
        if (identity.tokenId === tokenId)
          dismiss(socket, client, { farewell: 'sign_in_expired', code: CLOSE_CODES.unauthorized });
      }
    },
    async close() {
      server.off('upgrade', upgrade);
      heartbeat.close();
      const gone = [...open.keys()].map(
        (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
      );
      for (const [socket, { client }] of open)
        dismiss(socket, client, { farewell: 'going_away', code: CLOSE_CODES.restart });
      await Promise.all(gone);
      sockets.close();
    },
  };
}
