import { isRecord, KonuiError, type SessionId, type SessionInfo } from '@konui/protocol';
import type { AgentHost } from '../host.ts';
import type { HostWatch } from './host-watch.ts';

/** What never changes of a session. */
export interface KnownSession {
  readonly sessionId: string;
  readonly projectPath: string;
}

export interface SessionDirectoryListener {
  onRemoved(sessionId: string): void;
  /** All sessions that there are; some may have gone while the host was not heard. */
  onListed(sessionIds: ReadonlySet<string>): void;
}

/** Which sessions there are, and in which project: kept up to date by the host's feed, so that most look-ups ask nobody. */
export class SessionDirectory {
  readonly #host: Pick<AgentHost, 'session' | 'sessions'>;
  readonly #listener: SessionDirectoryListener;
  readonly #known = new Map<string, KnownSession>();
  /** Heard of since the last listing was asked for: they may be younger than it. */
  readonly #fresh = new Set<string>();
  /** Grows with each listing: only the latest counts. */
  #listings = 0;

  constructor(host: Pick<AgentHost, 'session' | 'sessions'>, listener: SessionDirectoryListener) {
    this.#host = host;
    this.#listener = listener;
  }

  follow(watch: Pick<HostWatch, 'add'>): void {
    watch.add({
      onMessage: (message) => {
        if (message.type === 'session_upserted') this.note(message.session);
        if (message.type === 'session_removed') this.#remove(message.sessionId);
      },
      onReachable: () => void this.#list(),
      onUnreachable: () => undefined,
    });
  }

  /** Undefined for one that is not known here (yet). */
  get(sessionId: string): KnownSession | undefined {
    return this.#known.get(sessionId);
  }

  /** Rejects with the host's error, such as SESSION_NOT_FOUND. */
  async find(sessionId: SessionId): Promise<KnownSession> {
    const known = this.#known.get(sessionId);
    if (known !== undefined) return known;
    const { body } = await this.#host.session(sessionId);
    const row: unknown = JSON.parse(body.toString('utf8'));
    const projectPath = isRecord(row) && typeof row['projectPath'] === 'string' ? row['projectPath'] : '';
    return this.note({ sessionId, projectPath });
  }

  note({ sessionId, projectPath }: Pick<SessionInfo, 'sessionId' | 'projectPath'>): KnownSession {
    const session = { sessionId, projectPath };
    this.#known.set(sessionId, session);
    this.#fresh.add(sessionId);
    return session;
  }

  #remove(sessionId: string): void {
    this.#listener.onRemoved(sessionId);
    this.#known.delete(sessionId);
    this.#fresh.delete(sessionId);
  }

  async #list(): Promise<void> {
    this.#listings += 1;
    const listing = this.#listings;
    this.#fresh.clear();
    let rows: KnownSession[];
    try {
      rows = toRows(JSON.parse((await this.#host.sessions()).body.toString('utf8')));
    } catch (error) {
      // The host went again; its return lists them again.
      if (error instanceof KonuiError) return;
      throw error;
    }
    if (listing !== this.#listings) return;
    const ids = new Set([...rows.map(({ sessionId }) => sessionId), ...this.#fresh]);
    for (const sessionId of this.#known.keys()) if (!ids.has(sessionId)) this.#known.delete(sessionId);
    for (const row of rows) this.#known.set(row.sessionId, row);
    this.#listener.onListed(ids);
  }
}

function toRows(answer: unknown): KnownSession[] {
  const sessions = isRecord(answer) && Array.isArray(answer['sessions']) ? answer['sessions'] : [];
  return sessions.flatMap((row: unknown) => {
    if (!isRecord(row)) return [];
    const { sessionId, projectPath } = row;
    return typeof sessionId === 'string' && typeof projectPath === 'string' ? [{ sessionId, projectPath }] : [];
  });
}
