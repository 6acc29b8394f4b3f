import type { SessionId } from '@konui/protocol';
import type { AgentHost } from '../../host.ts';
import { type Head, SessionHub } from './session-hub.ts';

/** The sessions that sockets watch now. */
export class SessionHubs {
  readonly #host: AgentHost;
  readonly #lingerMs: number;
  readonly #hubs = new Map<SessionId, SessionHub>();

  constructor({ host, lingerMs }: { host: AgentHost; lingerMs: number }) {
    this.#host = host;
    this.#lingerMs = lingerMs;
  }

  get size(): number {
    return this.#hubs.size;
  }

  /** The session's hub; a new one begins at `head`, which must be the end of the log at some recent moment. */
  get(sessionId: SessionId, head: Head): SessionHub {
    const existing = this.#hubs.get(sessionId);
    if (existing !== undefined) return existing;
    const hub: SessionHub = new SessionHub({
      sessionId,
      host: this.#host,
      head,
      lingerMs: this.#lingerMs,
      onClosed: () => {
        if (this.#hubs.get(sessionId) === hub) this.#hubs.delete(sessionId);
      },
    });
    this.#hubs.set(sessionId, hub);
    return hub;
  }

  close(): void {
    for (const hub of this.#hubs.values()) hub.close();
  }
}
