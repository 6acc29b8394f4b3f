import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Farewell } from './open-clients.ts';
import type { AcceptedClient } from './transport.ts';

/** A WebSocket that has passed the upgrade. */
export interface AcceptedSocket extends AcceptedClient {
  readonly socket: WebSocket;
  readonly url: URL;
  readonly request: IncomingMessage;
}

/** What the server can say on a socket, in the words of its route. */
export interface OpenSocket {
  readonly sayFarewell: (farewell: Farewell) => void;
}

/** One WebSocket endpoint. A new one is a file that makes such a route, and a line in `routes.ts`. */
export interface SocketRoute {
  readonly path: string;
  open(accepted: AcceptedSocket): OpenSocket;
}
