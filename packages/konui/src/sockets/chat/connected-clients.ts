import type { GatewayFrame } from '@konui/protocol';
import { encodeJsonFrame } from '../encode-frames.ts';
import type { ChatConnection } from './chat-connection.ts';

/** The one way to say something to every `/ws` socket, and to no other (SPEC GW12). */
export class ConnectedClients {
  readonly #connections = new Set<ChatConnection>();

  get size(): number {
    return this.#connections.size;
  }

  add(connection: ChatConnection): void {
    this.#connections.add(connection);
  }

  remove(connection: ChatConnection): void {
    this.#connections.delete(connection);
  }

  /** To a socket that reads slowly only the latest frame of a subject is sent: nothing piles up. */
  broadcast(subject: string, frame: GatewayFrame): void {
    const encoded = encodeJsonFrame(frame);
    for (const connection of this.#connections) connection.sendLatest(subject, encoded);
  }
}
