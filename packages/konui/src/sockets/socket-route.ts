import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Identity } from '../identity.ts';
import type { RawSocket } from './raw-socket.ts';

/** A WebSocket that has passed the upgrade. */
export interface AcceptedSocket {
  readonly connectionId: string;
  readonly socket: WebSocket;
  readonly raw: RawSocket;
  readonly identity: Identity;
  readonly url: URL;
  readonly request: IncomingMessage;
}

export type Farewell = 'going_away' | 'sign_in_expired';

/** What the server can say on a socket, in the words of its route. */
export interface OpenSocket {
  sayFarewell(farewell: Farewell): void;
}

/** One WebSocket endpoint. A new one is a file that makes such a route, and a line in `routes.ts`. */
export interface SocketRoute {
  readonly path: string;
  open(accepted: AcceptedSocket): OpenSocket;
}
