import {
  type HomePaths,
  type SessionId,
  type SessionInfo,
  type SessionRecord,
  sessionPaths,
  type SessionState,
} from '@konui/protocol';
import type { IndexedSession } from '../session-summary.ts';
import type { HostFeed } from './host-feed.ts';
import { LiveEntry } from './live-entry.ts';
import type { SupervisorTiming } from './runner-supervisor.ts';
import type { SessionIndex } from './session-index.ts';
import type { RunnerProcess } from './start-runner.ts';

/** A page that reloads comes back within this time, and finds the log still folded. */
const LINGER_MS = 30_000;

export interface LiveSessionsOptions {
  readonly paths: HomePaths;
  readonly index: SessionIndex;
  readonly feed: HostFeed;
  /** `knownSeq` is the highest seq that was ever read in the log's present epoch. */
  readonly startRunner: (sessionId: SessionId, knownSeq: number) => RunnerProcess;
  readonly onAgent?: (entry: LiveEntry, isAlive: boolean) => void;
  readonly onSignIn?: (provider: string, signIn: NonNullable<SessionState['signIn']>) => void;
  readonly onWarning: (message: string, fields?: object) => void;
  readonly timing?: Partial<SupervisorTiming> & { readonly lingerMs?: number };
}

/** One user's hold on a session's entry, which stays in memory until every hold has been disposed of. */
export interface Lease extends Disposable {
  readonly entry: LiveEntry;
}

interface Held {
  readonly entry: LiveEntry;
  readonly started: Promise<void>;
  users: number;
  lingering: NodeJS.Timeout | undefined;
}

/** The sessions that somebody watches, commands or runs. Others cost no memory. */
export class LiveSessions {
  readonly #options: LiveSessionsOptions;
  readonly #held = new Map<SessionId, Held>();
  #isClosed = false;

  constructor(options: LiveSessionsOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#held.size;
  }

  /** Resolves when the session's log is folded. */
  async acquire(sessionId: SessionId, indexed: IndexedSession): Promise<Lease> {
    if (this.#isClosed) throw new Error('the host is closing');
    const held = this.#held.get(sessionId) ?? this.#add(sessionId, indexed);
    held.users++;
    clearTimeout(held.lingering);
    let isHeld = true;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      held.users--;
      this.#dropLater(sessionId);
    };
    try {
      await held.started;
    } catch (error) {
      release();
      this.#drop(sessionId);
      throw error;
    }
    return { entry: held.entry, [Symbol.dispose]: release };
  }

  /** The row of a session that is in memory. */
  rowOf(sessionId: SessionId): SessionInfo | undefined {
    return this.#held.get(sessionId)?.entry.row();
  }

  /** The session's record on the disk has changed to this. Tells nobody of a session that is not in memory. */
  setRecord(record: SessionRecord): void {
    this.#held.get(record.sessionId)?.entry.setRecord(record);
  }

  /** Forgets a session that is gone from where it was; its readers are told. */
  end(sessionId: SessionId): void {
    const held = this.#held.get(sessionId);
    if (held === undefined) return;
    clearTimeout(held.lingering);
    this.#held.delete(sessionId);
    this.#options.onAgent?.(held.entry, false);
    held.entry.end();
  }

  close(): void {
    this.#isClosed = true;
    for (const sessionId of this.#held.keys()) this.#drop(sessionId);
  }

  #add(sessionId: SessionId, indexed: IndexedSession): Held {
    const { paths, index, feed, startRunner, onWarning, timing } = this.#options;
    const entry: LiveEntry = new LiveEntry({
      indexed,
      paths: sessionPaths(paths, sessionId),
      timing,
      startRunner: () => startRunner(sessionId, entry.session.toSummary().knownSeq),
      onRow: (session, summary, foldedBytes) => {
        const { record } = entry;
        index.put({ record, summary }, foldedBytes, entry.session.toHistoryState());
        if (!record.deleted) feed.publish({ type: 'session_upserted', session });
      },
      onAgent: (isAlive) => this.#options.onAgent?.(entry, isAlive),
      onSignIn: (signIn) => this.#options.onSignIn?.(indexed.record.provider, signIn),
      onRest: () => this.#dropLater(sessionId),
      onWarning: (message, fields) => onWarning(message, { sessionId, ...fields }),
    });
    const held: Held = { entry, started: entry.session.start(), users: 0, lingering: undefined };
    this.#held.set(sessionId, held);
    return held;
  }

  #dropLater(sessionId: SessionId): void {
    const held = this.#held.get(sessionId);
    if (held === undefined || this.#isClosed) return;
    clearTimeout(held.lingering);
    held.lingering = setTimeout(() => {
      if (held.users === 0 && !held.entry.runner.isBusy) this.#drop(sessionId);
    }, this.#options.timing?.lingerMs ?? LINGER_MS);
  }

  #drop(sessionId: SessionId): void {
    const held = this.#held.get(sessionId);
    if (held === undefined) return;
    clearTimeout(held.lingering);
    this.#held.delete(sessionId);
    held.entry.close();
  }
}
