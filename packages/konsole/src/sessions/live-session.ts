import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  followLog,
  type LogFollower,
  type LogReader,
  openLogReader,
  type Page,
  type PageLimits,
  parseEventHead,
  readInbox,
} from '@konui/log';
import {
  changesState,
  createSessionState,
  nextPrompt,
  parseSessionEvent,
  reduceSession,
  type SessionPaths,
  type SessionState,
} from '@konui/protocol';
import { type HistoryState, toHistoryState } from '../history-state.ts';
import { Landmarks } from '../landmarks.ts';
import { type SessionSummary, toSessionSummary } from '../session-summary.ts';

const NEWLINE = 0x0a;
/** One step of a fold: about 2 ms, between which others get their turn. */
const FOLD_BYTES = 256 * 1024;

export interface LiveSessionOptions {
  readonly paths: SessionPaths;
  /** What was known of the log before. */
  readonly known?: Pick<SessionSummary, 'epoch' | 'knownSeq'>;
  /** The state, or what waits for an answer, may have changed. */
  onChange(): void;
  /** The log grew, and of the state only `lastSeq` and `updatedAt` changed. */
  onGrowth(): void;
  onError(error: unknown): void;
}

export interface LogListener {
  /** The log grew by these lines, and the state holds them. */
  onPage(page: Page): void;
  /** The log lost lines that were delivered; what is known of it must be read anew. */
  onCut(): void;
}

/** A session that somebody watches, commands or runs: its log folded once and followed, with the commands that wait for an answer. */
export class LiveSession {
  readonly #paths: SessionPaths;
  readonly #onChange: () => void;
  readonly #onGrowth: () => void;
  readonly #onError: (error: unknown) => void;
  readonly #reader: LogReader;
  readonly #listeners = new Set<LogListener>();
  readonly #unanswered = new Map<string, string>();
  #follower: LogFollower | undefined;
  #known: Pick<SessionSummary, 'epoch' | 'knownSeq'> | undefined;
  #state = createSessionState();
  #landmarks = new Landmarks();
  #seq = 0;
  #foldedBytes = 0;
  #isClosed = false;

  constructor(options: LiveSessionOptions) {
    this.#paths = options.paths;
    this.#known = options.known;
    this.#onChange = () => options.onChange();
    this.#onGrowth = () => options.onGrowth();
    this.#onError = (error) => options.onError(error);
    this.#reader = openLogReader(options.paths.log);
  }

  /** Folds what the files hold, and follows them from there on. */
  async start(): Promise<void> {
    await this.refresh();
    // A command is answered after it was written, so that reading the inbox second finds none that was answered in between.
    for (const command of readInbox(this.#paths.inbox, 0).commands) {
      if ('commandId' in command && typeof command.commandId === 'string') {
        this.noteCommand(command.commandId, typeOf(command));
      }
    }
    await this.refresh();
    if (!this.#isClosed) this.#follow();
  }

  get state(): Readonly<SessionState> {
    return this.#state;
  }

  /** How many bytes of the log the state stands for. */
  get foldedBytes(): number {
    return this.#foldedBytes;
  }

  /** Whether somebody has to work: a run is open, a prompt waits, or a command has no answer. */
  get needsRunner(): boolean {
    return this.#state.run !== undefined || nextPrompt(this.#state) !== undefined || this.#unanswered.size > 0;
  }

  /** As `needsRunner`, but for a person: starting the agent, or giving it a choice, is none. */
  get hasWork(): boolean {
    const { run } = this.#state;
    return run !== undefined || nextPrompt(this.#state) !== undefined || this.#unanswered.size > this.preparations;
  }

  /** A run is open or a command has no answer; a waiting prompt may go on waiting. */
  get isUnsettled(): boolean {
    return this.#state.run !== undefined || this.#unanswered.size > 0;
  }

  get hasUnanswered(): boolean {
    return this.#unanswered.size > 0;
  }

  /** Commands without an answer that are only the agent's to answer. */
  get preparations(): number {
    let count = 0;
    for (const type of this.#unanswered.values()) if (type === 'prepare' || type === 'configure') count++;
    return count;
  }

  /** Prompts that were accepted and have not begun. */
  get waitingPrompts(): number {
    let waiting = this.#state.queue.length;
    for (const type of this.#unanswered.values()) if (type === 'prompt') waiting++;
    return waiting;
  }

  toSummary(): SessionSummary {
    return toSessionSummary(this.#state, this.#unanswered.size, this.#known);
  }

  /** For a reader of the log's end; of all that has been folded. */
  toHistoryState(): HistoryState {
    return toHistoryState(this.#state, this.#landmarks);
  }

  /** The doorbell: the log may have grown. */
  poke(): void {
    this.#follower?.poke();
  }

  /** Resolves when everything that the log held at the call has been folded. */
  async refresh(): Promise<void> {
    while (!this.#isClosed) {
      const page = this.#reader.readAfter(this.#seq, { maxBytes: FOLD_BYTES });
      if (page.count === 0) {
        // The follower sees this too, but only once it has read from this log.
        if (this.#reader.lastSeq() >= this.#seq) return;
        this.#onCut();
        continue;
      }
      this.#apply(page);
      if (!page.more) return;
      await nextTurn();
    }
  }

  readAfter(seq: number, limits: PageLimits): Page {
    return this.#reader.readAfter(seq, limits);
  }

  /** Resolves when every command that stands in the inbox now has its answer, or after `maxMs`. */
  async untilAnswered(maxMs: number): Promise<void> {
    const asked = [...this.#unanswered.keys()];
    const isAnswered = () => this.#isClosed || !asked.some((commandId) => this.#unanswered.has(commandId));
    if (isAnswered()) return;
    const answered = Promise.withResolvers<void>();
    const consider = () => {
      if (isAnswered()) answered.resolve();
    };
    const unlisten = this.listen({ onPage: consider, onCut: consider });
    const patience = setTimeout(() => answered.resolve(), maxMs);
    await answered.promise;
    clearTimeout(patience);
    unlisten();
  }

  /** A command stands in the inbox; it waits until an event quotes it. */
  noteCommand(commandId: string, type: string): void {
    if (this.#state.answered.has(commandId)) return;
    this.#unanswered.set(commandId, type);
    this.#onChange();
  }

  listen(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The session is gone: whoever reads it has to stop. */
  end(): void {
    this.close();
    for (const listener of this.#listeners) listener.onCut();
  }

  close(): void {
    this.#isClosed = true;
    this.#follower?.close();
    this.#reader.close();
  }

  #follow(): void {
    this.#follower = followLog({
      path: this.#paths.log,
      afterSeq: this.#seq,
      onPage: (page) => this.#onFollowed(page),
      onCut: () => this.#onCut(),
      onError: this.#onError,
    });
  }

  #onFollowed(page: Page): void {
    // `refresh` may have read some of it already.
    const fresh =
      page.firstSeq === this.#seq + 1
        ? page
        : this.#reader.readAfter(this.#seq, { maxEvents: page.lastSeq - this.#seq });
    if (page.lastSeq > this.#seq) this.#apply(fresh);
  }

  #onCut(): void {
    this.#known = this.toSummary();
    this.#state = createSessionState();
    this.#landmarks = new Landmarks();
    this.#seq = 0;
    this.#foldedBytes = 0;
    this.#follower?.close();
    this.#follow();
    for (const listener of this.#listeners) listener.onCut();
    this.#onChange();
  }

  #apply(page: Page): void {
    const isChanged = this.#fold(page.bytes);
    this.#seq = page.lastSeq;
    this.#foldedBytes += page.bytes.length;
    for (const commandId of this.#unanswered.keys()) {
      if (this.#state.answered.has(commandId)) this.#unanswered.delete(commandId);
    }
    for (const listener of this.#listeners) listener.onPage(page);
    if (isChanged) this.#onChange();
    else this.#onGrowth();
  }

  /** Returns whether more changed than `lastSeq` and `updatedAt`. */
  #fold(lines: Buffer): boolean {
    let isChanged = false;
    for (let start = 0; start < lines.length;) {
      const end = lines.indexOf(NEWLINE, start);
      const head = parseEventHead(lines, start);
      // A chunk is folded by its head: parsing all of it would cost more than everything else that is done with it here.
      const isQuiet = head !== undefined && !changesState(head.kind);
      const isHeadEnough = isQuiet && !Landmarks.needsBody(head.kind);
      const event = isHeadEnough ? head : parseSessionEvent(lines.toString('utf8', start, end));
      if (event !== undefined) {
        reduceSession(this.#state, event);
        this.#landmarks.apply(event);
      }
      isChanged ||= !isQuiet;
      start = end + 1;
    }
    return isChanged;
  }
}

function typeOf(command: object): string {
  return 'type' in command && typeof command.type === 'string' ? command.type : 'unknown';
}
