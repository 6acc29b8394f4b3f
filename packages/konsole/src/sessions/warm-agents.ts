import type { SessionId, SessionState } from '@konui/protocol';

/** A session whose agent is alive. */
export interface WarmSession {
  readonly record: { readonly sessionId: SessionId };
  readonly session: {
    readonly needsRunner: boolean;
    readonly state: Readonly<Pick<SessionState, 'queue' | 'pendingPermissions' | 'pendingElicitations' | 'updatedAt'>>;
  };
  readonly runner: { endAgent(): void };
}

/** Keeps the number of living agents below a limit: those without work that were used least recently are ended (SPEC OPT8). */
export class WarmAgents {
  readonly #max: number;
  readonly #warm = new Map<SessionId, WarmSession>();

  constructor({ max }: { max: number }) {
    this.#max = max;
  }

  get count(): number {
    return this.#warm.size;
  }

  /** An agent became ready, or is gone. */
  note(entry: WarmSession, isAlive: boolean): void {
    const { sessionId } = entry.record;
    if (isAlive) this.#warm.set(sessionId, entry);
    else this.#warm.delete(sessionId);
    this.consider();
  }

  /** To be called when a session may have come to rest. Asking an agent twice to end changes nothing. */
  consider(): void {
    const surplus = this.#warm.size - this.#max;
    if (surplus <= 0) return;
    const idle = [...this.#warm.values()].filter(isIdle);
    idle.sort((one, other) => ((one.session.state.updatedAt ?? '') < (other.session.state.updatedAt ?? '') ? -1 : 1));
    for (const entry of idle.slice(0, surplus)) entry.runner.endAgent();
  }
}

/** The runner judges once more, since a prompt may be on its way. */
function isIdle({ session }: WarmSession): boolean {
  const { queue, pendingPermissions, pendingElicitations } = session.state;
  return !session.needsRunner && queue.length + pendingPermissions.length + pendingElicitations.length === 0;
}
