import {
  Command,
  type HomePaths,
  type HostFeedMessage,
  type SessionId,
  type SessionInfo,
  sessionPaths,
} from '@konui/protocol';
import { deriveId } from '../derived-id.ts';
import { findPrompt } from './find-prompt.ts';
import type { LiveEntry } from './live-entry.ts';
import type { AcquireSession } from './session-watches.ts';

/** The wall clock is looked at this often: it may be set, the machine may sleep, and a timer over 24.8 days fires at once. */
const MAX_TICK_MS = 30_000;
const BY = { type: 'system', reason: 'limit_reset' };

/** Time as the tests can drive it. */
export interface Clock {
  /** Wall clock, in milliseconds. */
  now(): number;
  /** Calls back once, after at least `ms`; returns what calls it off. */
  after(ms: number, callback: () => void): () => void;
}

export const wallClock: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

export interface LimitResumeOptions {
  readonly paths: HomePaths;
  readonly acquire: AcquireSession;
  /** The rows as they are now. */
  list(): readonly SessionInfo[];
  subscribe(listener: (message: HostFeedMessage) => void): () => void;
  readonly clock: Clock;
  readonly onWarning: (message: string, fields?: object) => void;
}

/**
 * Lets sessions go on when their agent's limit has reset (SPEC LIM2). When that is stands in their rows, which follow
 * from log and session.json alone, so that there is nothing to remember over a restart.
 */
export class LimitResume {
  readonly #options: LimitResumeOptions;
  readonly #due = new Map<SessionId, number>();
  readonly #unsubscribe: () => void;
  #callOff: (() => void) | undefined;
  #isClosed = false;

  constructor(options: LimitResumeOptions) {
    this.#options = options;
    for (const row of options.list()) this.#note(row);
    this.#unsubscribe = options.subscribe((message) => {
      if (message.type === 'session_upserted') this.#note(message.session);
      if (message.type === 'session_removed') this.#due.delete(message.sessionId);
      this.#arm();
    });
    this.#arm();
  }

  close(): void {
    this.#isClosed = true;
    this.#unsubscribe();
    this.#callOff?.();
  }

  #note({ sessionId, limit }: SessionInfo): void {
    const resumesAt = limit?.resumesAt ?? null;
    if (resumesAt === null) this.#due.delete(sessionId);
    else this.#due.set(sessionId, Date.parse(resumesAt));
  }

  #arm(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    if (this.#due.size === 0 || this.#isClosed) return;
    const { clock } = this.#options;
    const soonestMs = Math.min(...this.#due.values()) - clock.now();
    this.#callOff = clock.after(Math.min(Math.max(soonestMs, 0), MAX_TICK_MS), () => void this.#tick());
  }

  async #tick(): Promise<void> {
    const { clock, onWarning } = this.#options;
    for (const [sessionId, dueAt] of this.#due) {
      if (dueAt > clock.now()) continue;
      // It may wait for something else, an answer of the runner or room on the disk, and is then looked at again.
      this.#due.set(sessionId, clock.now() + MAX_TICK_MS);
      try {
        await this.#resume(sessionId);
      } catch (error) {
        onWarning('a session could not go on after its limit', { sessionId, err: error });
      }
    }
    this.#arm();
  }

  async #resume(sessionId: SessionId): Promise<void> {
    const { paths, acquire, clock } = this.#options;
    using lease = await acquire(sessionId);
    const { entry } = lease;
    await entry.session.refresh();
    const resumesAt = entry.row().limit?.resumesAt ?? null;
    if (resumesAt === null || Date.parse(resumesAt) > clock.now()) {
      this.#note(entry.row());
      return;
    }
    // Somebody has just asked for something: that goes first, and may take the place of this.
    if (entry.session.isUnsettled) return;
    const command = toCommand(entry, sessionPaths(paths, sessionId).log);
    if (command === undefined || entry.hasCommand(command.commandId)) {
      this.#due.delete(sessionId);
      return;
    }
    // Nothing was awaited since the look at the state, so that no other command has come in between.
    entry.writeCommand(Command.parse({ ...command, at: new Date(clock.now()).toISOString(), by: BY }));
    entry.runner.ring();
  }
}

/** The held queue goes on; with none waiting, the prompt that the limit stopped is sent again, once. */
function toCommand(
  { session }: LiveEntry,
  logPath: string,
): { commandId: string; [field: string]: unknown } | undefined {
  const { limit, queue } = session.state;
  if (limit === undefined) return undefined;
  if (queue.length > 0) return { type: 'queue_resume', commandId: deriveId(limit.promptId, 'resume-queue') };
  const content = findPrompt(logPath, limit.promptId);
  const commandId = deriveId(limit.promptId, 'resume');
  return content === undefined ? undefined : { type: 'prompt', commandId, promptId: commandId, content };
}
