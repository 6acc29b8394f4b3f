import type { GatewayFrame, SessionId } from '@konui/protocol';
import type { BoundSession } from '../../access/access.ts';
import type { Authorization } from '../../access/authorization.ts';
import type { Identity } from '../../identity.ts';
import { SharedFrames } from '../shared-frames.ts';
import type { ChatConnection } from './chat-connection.ts';

/** The one way to say something to every client of the chat gateway, and to no other (SPEC GW12). */
export class ConnectedClients {
  readonly #authorization: Pick<Authorization, 'sees' | 'may' | 'isBound'>;
  readonly #connections = new Set<ChatConnection>();
  readonly #awayListeners = new Set<(sessionId: SessionId) => void>();

  constructor({ authorization }: { authorization: Pick<Authorization, 'sees' | 'may' | 'isBound'> }) {
    this.#authorization = authorization;
  }

  get size(): number {
    return this.#connections.size;
  }

  add(connection: ChatConnection): void {
    this.#connections.add(connection);
  }

  remove(connection: ChatConnection): void {
    this.#connections.delete(connection);
  }

  /** Whether somebody looks at the session, for whom `counts`. */
  someoneLooksAt(sessionId: string, counts: (identity: Identity) => boolean): boolean {
    return [...this.#connections].some((connection) => connection.shows(sessionId) && counts(connection.identity));
  }

  tellLookedAway(sessionId: SessionId): void {
    for (const listener of this.#awayListeners) listener(sessionId);
  }

  /** Told when somebody no longer looks at a session. */
  onLookedAway(listener: (sessionId: SessionId) => void): () => void {
    this.#awayListeners.add(listener);
    return () => this.#awayListeners.delete(listener);
  }

  /** To a client that reads slowly only the latest frame of a subject is sent: nothing piles up. */
  broadcast(subject: string, frame: GatewayFrame): void {
    this.#send(subject, frame, () => true);
  }

  /** To those who see the session. */
  broadcastAbout(session: BoundSession, subject: string, frame: GatewayFrame): void {
    this.#send(subject, frame, ({ identity }) => this.#authorization.sees(identity, session));
  }

  /** To those who may read, and are bound to no sessions. */
  broadcastToUnbound(subject: string, frame: GatewayFrame): void {
    this.#send(
      subject,
      frame,
      ({ identity }) => this.#authorization.may(identity, ['read']) && !this.#authorization.isBound(identity),
    );
  }

  #send(subject: string, frame: GatewayFrame, isFor: (connection: ChatConnection) => boolean): void {
    const shared = new SharedFrames([Buffer.from(JSON.stringify(frame))]);
    for (const connection of this.#connections) if (isFor(connection)) connection.sendLatest(subject, shared);
  }
}
