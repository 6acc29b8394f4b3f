import type { GatewayFrame } from '@konui/protocol';
import { SharedFrames } from '../shared-frames.ts';
import type { ChatConnection } from './chat-connection.ts';

/** The one way to say something to every client of the chat gateway, and to no other (SPEC GW12). */
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

  /** To a client that reads slowly only the latest frame of a subject is sent: nothing piles up. */
  broadcast(subject: string, frame: GatewayFrame): void {
    const shared = new SharedFrames([Buffer.from(JSON.stringify(frame))]);
    for (const connection of this.#connections) connection.sendLatest(subject, shared);
  }
}
