import { type Inbox, isLocked, openInbox, StorageError } from '@konui/log';
import type { Command, RunnerMessage, SessionInfo, SessionPaths, SessionRecord, SessionState } from '@konui/protocol';
import { type IndexedSession, type SessionSummary, toSessionInfo } from '../session-summary.ts';
import { LiveSession } from './live-session.ts';
import { RowAnnouncer } from './row-announcer.ts';
import { connectToRunner } from './runner-link.ts';
import { RunnerSupervisor, type SupervisorTiming } from './runner-supervisor.ts';
import type { RunnerProcess } from './start-runner.ts';

export interface LiveEntryOptions {
  readonly indexed: IndexedSession;
  readonly paths: SessionPaths;
  readonly timing?: Partial<SupervisorTiming> | undefined;
  readonly startRunner: () => RunnerProcess;
  /** The row changed in a way that the list should show. */
  onRow(row: SessionInfo, summary: SessionSummary, foldedBytes: number): void;
  /** The session's agent became ready, or is gone. */
  onAgent?(isAlive: boolean): void;
  /** What the last start of the agent said of its sign-in. */
  onSignIn?(signIn: NonNullable<SessionState['signIn']>): void;
  /** There is no runner any more, and none is wanted. */
  onRest(): void;
  readonly onWarning: (message: string, fields?: object) => void;
}

/** All that konsole has in memory of one session: its folded log, its inbox, its runner, and the row that others see. */
export class LiveEntry {
  readonly session: LiveSession;
  readonly runner: RunnerSupervisor;
  readonly #options: LiveEntryOptions;
  #record: SessionRecord;
  readonly #announcer: RowAnnouncer;
  #inbox: Inbox | undefined;
  #trouble: SessionInfo['trouble'] = null;
  #signIn: SessionState['signIn'];
  #isClosed = false;

  constructor(options: LiveEntryOptions) {
    const { indexed, paths, onWarning } = options;
    this.#options = options;
    this.#record = indexed.record;
    const known = toSessionInfo(indexed.record, indexed.summary, { isResponding: true, trouble: null });
    this.#announcer = new RowAnnouncer(known, () =>
      options.onRow(this.row(), this.session.toSummary(), this.session.foldedBytes),
    );
    this.session = new LiveSession({
      paths,
      known: indexed.summary,
      onChange: () => {
        this.#noteSignIn();
        this.#announcer.consider(this.row());
      },
      onGrowth: () => this.#announcer.noteGrowth(),
      onError: (error) => onWarning('reading a log failed', { err: error }),
    });
    this.runner = new RunnerSupervisor({
      connect: () =>
        connectToRunner({
          socketPath: paths.socket,
          onMessage: (message) => this.#hear(message),
          onPong: () => this.runner.beat(),
          onWarning,
        }),
      start: options.startRunner,
      isLocked: () => isLocked(paths.lock),
      isNeeded: async () => {
        await this.session.refresh();
        return this.#record.deleted ? this.session.isUnsettled : this.session.needsRunner;
      },
      onChange: () => this.#onRunnerChange(),
      onWarning,
      ...(options.timing === undefined ? {} : { timing: options.timing }),
    });
  }

  get record(): SessionRecord {
    return this.#record;
  }

  /** The record on the disk has changed to this. */
  setRecord(record: SessionRecord): void {
    this.#record = record;
    this.#announcer.consider(this.row());
  }

  row(): SessionInfo {
    return toSessionInfo(this.#record, this.session.toSummary(), {
      isResponding: this.runner.isResponding || this.#isOnlyPrepared,
      trouble: this.#trouble,
      preparations: this.session.preparations,
    });
  }

  /** The runner that is awaited has nothing to do that anybody asked for. */
  get #isOnlyPrepared(): boolean {
    return !this.runner.isConnected && !this.session.hasWork;
  }

  /** Whether the command stands in the inbox already. */
  hasCommand(commandId: string): boolean {
    return this.#openInbox().has(commandId);
  }

  /** On return the command is on the disk. Throws a StorageError. */
  writeCommand(command: Command): 'appended' | 'known' {
    try {
      const outcome = this.#openInbox().append(command);
      if (outcome === 'appended') this.session.noteCommand(command.commandId, command.type);
      return outcome;
    } catch (error) {
      // Whether it was taken is unknown; the file is read again before the next one.
      if (error instanceof StorageError && error.code === 'STORAGE_FAILED') this.#closeInbox();
      throw error;
    }
  }

  close(): void {
    this.#announcer.close();
    this.#isClosed = true;
    this.runner.close();
    this.session.close();
    this.#closeInbox();
  }

  /** The session is gone from where it was: its readers are told, and nothing is written any more. */
  end(): void {
    this.session.end();
    this.close();
  }

  #openInbox(): Inbox {
    this.#inbox ??= openInbox({ path: this.#options.paths.inbox });
    return this.#inbox;
  }

  #closeInbox(): void {
    this.#inbox?.close();
    this.#inbox = undefined;
  }

  #hear(message: Exclude<RunnerMessage, { type: 'hello' | 'pong' }>): void {
    switch (message.type) {
      case 'log_grew':
        this.session.poke();
        return;
      case 'agent':
        this.#options.onAgent?.(message.isAlive);
        return;
      case 'trouble':
        this.#setTrouble(message.code === 'storage_recovered' ? null : message.code);
    }
  }

  #noteSignIn(): void {
    const { signIn } = this.session.state;
    if (signIn === undefined || signIn === this.#signIn) return;
    this.#signIn = signIn;
    this.#options.onSignIn?.(signIn);
  }

  #setTrouble(trouble: SessionInfo['trouble']): void {
    this.#trouble = trouble;
    this.#announcer.consider(this.row());
  }

  #onRunnerChange(): void {
    if (this.#isClosed) return;
    this.session.poke();
    if (!this.runner.isConnected) {
      this.#trouble = null;
      this.#options.onAgent?.(false);
    }
    this.#announcer.consider(this.row());
    if (!this.runner.isBusy) this.#options.onRest();
  }
}
