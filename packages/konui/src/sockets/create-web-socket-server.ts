import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CLOSE_CODES, KonuiError, LIMITS } from '@konui/protocol';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Admission } from '../admission.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { OpenClients } from './open-clients.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import type { AcceptedSocket, SocketRoute } from './socket-route.ts';
import { WebSocketTransport } from './web-socket-transport.ts';

/** What a client has left to answer a close frame before the connection is cut. */
const CLOSE_TIMEOUT_MS = 1000;

/** Without compression: it costs 14 times the CPU of a plain delivery, and the transport relies on its absence. */
const SERVER_OPTIONS = {
  noServer: true,
  // A frame between this and maxFrameBytes is received and answered with an error (SPEC GW14).
  maxPayload: LIMITS.maxReceivedBytes,
  perMessageDeflate: false,
  // Missing in @types/ws 8.18.
  closeTimeout: CLOSE_TIMEOUT_MS,
};

export interface WebSocketServerDependencies {
  readonly routes: readonly SocketRoute[];
  readonly admission: Admission;
  readonly heartbeat: Heartbeat;
  /** Gets every socket that is accepted, and says how many there may be. */
  readonly openClients: OpenClients;
  readonly createId: () => string;
  readonly log: Logger;
}

export interface GatewaySockets {
  /** Takes no more upgrades; the sockets that are open are closed by `openClients`. */
  close(): void;
}

/** Attaches the gateway's WebSocket endpoints to an HTTP server. This is the folder's one public face. */
export function createWebSocketServer(server: Server, dependencies: WebSocketServerDependencies): GatewaySockets {
  const { routes, admission, heartbeat, openClients, createId, log } = dependencies;
  const sockets = new WebSocketServer(SERVER_OPTIONS);

  const accept = (accepted: AcceptedSocket, stream: Duplex, route: SocketRoute): void => {
    const { connectionId, socket, identity } = accepted;
    const context = { connectionId, path: route.path, ...identity };
    log.info(context, 'socket opened');
    watchHeartbeat(heartbeat, socket, stream);
    socket.on('error', (error) => log.info({ connectionId, reason: error.message }, 'socket failed'));
    const { sayFarewell } = route.open(accepted);
    const remove = openClients.add({
      identity,
      sayFarewell,
      close: (code, reason) => socket.close(code, reason),
    });
    socket.once('close', (code) => {
      remove();
      log.info({ ...context, code }, 'socket closed');
    });
  };

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    try {
      const admitted = admission.admit(request);
      const route = routes.find(({ path }) => path === admitted.url.pathname);
      if (route === undefined) throw new KonuiError('NOT_FOUND', 'there is no WebSocket at this path');
      const identity = admitted.signIn();
      openClients.checkRoom(identity);
      sockets.handleUpgrade(request, stream, head, (socket) => {
        const transport = new WebSocketTransport(stream, socket);
        const { url } = admitted;
        accept({ connectionId: createId(), socket, transport, identity, url, request }, stream, route);
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

  return {
    close() {
      server.off('upgrade', upgrade);
      sockets.close();
    },
  };
}

/** Browsers answer a WebSocket's pings by themselves, but not before the end of a large message that they are sending. */
function watchHeartbeat(heartbeat: Heartbeat, socket: WebSocket, stream: Duplex): void {
  const { heard, stop } = heartbeat.watch({
    ping() {
      if (socket.readyState === socket.OPEN) socket.ping();
    },
    onStale: () => socket.close(CLOSE_CODES.stale, 'nothing heard for too long'),
  });
  // After the server's own listener, which reads the stream and stops reading it.
  stream.on('data', heard);
  socket.once('close', () => {
    stream.off('data', heard);
    stop();
  });
}
