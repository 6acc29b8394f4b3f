import type { Socket } from 'node:net';
import { FaultyPipe } from './faulty-pipe.ts';

export type Direction = 'toClient' | 'toServer';

/** What can happen to a connection that stands. */
export type Fault =
  /** Nothing is forwarded any more, not even a close; both sockets stay open (half-open). */
  | { readonly kind: 'drop' }
  /** RST to both sides, after so many bytes more in the direction (0: at once), which may be in the middle of a frame. */
  | { readonly kind: 'reset'; readonly afterBytes: number; readonly direction: Direction }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'split'; readonly maxBytes: number }
  /** One direction stops, the other goes on. */
  | { readonly kind: 'stall'; readonly direction: Direction }
  /** Ends delay, split, stall and drop; bytes that waited are forwarded. */
  | { readonly kind: 'heal' };

/** A client's connection and the proxy's own to the server. */
export class ProxiedConnection {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #pipes: Readonly<Record<Direction, FaultyPipe>>;
  #isDropped = false;

  constructor(client: Socket, server: Socket) {
    this.#client = client;
    this.#server = server;
    this.#pipes = { toServer: new FaultyPipe(client, server), toClient: new FaultyPipe(server, client) };
    this.#joinFates(client, server);
    this.#joinFates(server, client);
  }

  get isOpen(): boolean {
    return !this.#client.destroyed && !this.#server.destroyed;
  }

  /** Neither side can tell this connection from a good one that is silent. */
  get isDropped(): boolean {
    return this.#isDropped;
  }

  apply(fault: Fault): void {
    const { toClient, toServer } = this.#pipes;
    switch (fault.kind) {
      case 'drop':
        this.#isDropped = true;
        toClient.stall();
        toServer.stall();
        return;
      case 'reset':
        this.#pipes[fault.direction].cutAfter(fault.afterBytes, () => this.reset());
        return;
      case 'delay':
        toClient.delay(fault.ms);
        toServer.delay(fault.ms);
        return;
      case 'split':
        toClient.split(fault.maxBytes);
        toServer.split(fault.maxBytes);
        return;
      case 'stall':
        this.#pipes[fault.direction].stall();
        return;
      case 'heal':
        this.#heal();
    }
  }

  reset(): void {
    this.#client.resetAndDestroy();
    this.#server.resetAndDestroy();
  }

  destroy(): void {
    this.#client.destroy();
    this.#server.destroy();
  }

  #heal(): void {
    this.#isDropped = false;
    for (const pipe of [this.#pipes.toClient, this.#pipes.toServer]) {
      pipe.delay(0);
      pipe.split(Infinity);
      pipe.flow();
    }
    // What was hidden while the connection was dropped.
    if (!this.isOpen) this.destroy();
  }

  #joinFates(one: Socket, other: Socket): void {
    // The close that follows says all there is.
    one.on('error', () => undefined);
    one.on('close', (hadError) => {
      if (this.#isDropped) return;
      if (hadError) other.resetAndDestroy();
      else other.destroySoon();
    });
  }
}
