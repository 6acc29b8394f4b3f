import { type Connection, createConnection, createMemoryStorage, type Unsubscribe } from '@konui/client';
import type { Cursor } from '@konui/protocol';
import type { SeededRandom } from '../seeded-random.ts';
import type { ChaosClient, CommandFrame, Seen } from './chaos-client.ts';
import { createFasterClock } from './faster-clock.ts';

/** Heartbeat and backoff are meant for minutes. */
const CLOCK_FACTOR = 8;

export interface SdkClientOptions {
  readonly name: string;
  readonly url: string;
  readonly token: string;
  readonly random: SeededRandom;
}

interface Watched {
  lines: string[];
  /** Cursor after each line would be too much: the epoch is the log's only one. */
  cursor: Cursor | undefined;
  unsubscribe: Unsubscribe | undefined;
}

/** A page with the SDK: what it keeps over a reload is its storage and its cursors. */
export class SdkClient implements ChaosClient {
  readonly name: string;
  readonly violations: string[] = [];
  readonly accepted = new Set<string>();
  readonly refused = new Set<string>();
  readonly promised = new Set<string>();
  readonly #options: SdkClientOptions;
  readonly #storage = createMemoryStorage();
  readonly #watched = new Map<string, Watched>();
  readonly #wakeUps = new Set<() => void>();
  #connection: Connection;

  constructor(options: SdkClientOptions) {
    this.#options = options;
    this.name = options.name;
    this.#connection = this.#connect();
  }

  get isBusy(): boolean {
    // An accepted prompt is only an echo that waits for its event; one that was sent again has had it already.
    return this.#connection.pending().some(({ state }) => state !== 'accepted');
  }

  watch(sessionId: string): void {
    if (this.#watched.has(sessionId)) return;
    const watched: Watched = { lines: [], cursor: undefined, unsubscribe: undefined };
    this.#watched.set(sessionId, watched);
    this.#subscribe(sessionId, watched);
  }

  forget(sessionId: string): void {
    this.#watched.get(sessionId)?.unsubscribe?.();
    this.#watched.delete(sessionId);
  }

  isWatching(sessionId: string): boolean {
    return this.#watched.has(sessionId);
  }

  seen(sessionId: string): Seen {
    return this.#watched.get(sessionId) ?? { lines: [] };
  }

  command(frame: CommandFrame): CommandFrame {
    const { sessionId } = frame;
    switch (frame.type) {
      case 'chat.send': {
        const { clientMessageId } = frame;
        this.promised.add(clientMessageId);
        this.#follow(this.#connection.send(sessionId, frame.content, { clientMessageId }));
        return frame;
      }
      case 'chat.abort': {
        const { runId } = frame;
        const { commandId } = this.#follow(this.#connection.abort(sessionId, runId === undefined ? {} : { runId }));
        return { ...frame, commandId };
      }
      case 'chat.permission-response': {
        const { requestId, allow } = frame;
        return {
          ...frame,
          commandId: this.#follow(this.#connection.answerPermission(sessionId, requestId, { allow })).commandId,
        };
      }
      case 'chat.queue':
        return { ...frame, commandId: this.#follow(this.#connection.changeQueue(sessionId, frame.change)).commandId };
    }
  }

  forgetCommands(): void {
    for (const commands of [this.accepted, this.refused, this.promised]) commands.clear();
  }

  nudge(): void {
    for (const wakeUp of this.#wakeUps) wakeUp();
    this.#connection.retry();
  }

  reload(): string {
    const { random } = this.#options;
    this.#connection.close();
    const how: string[] = [];
    for (const [sessionId, watched] of this.#watched) {
      watched.cursor = watched.unsubscribe?.cursor();
      watched.unsubscribe = undefined;
      const kept = random.weighted([
        [5, watched.lines.length],
        [2, random.between(0, watched.lines.length)],
        [1, 0],
      ]);
      watched.lines.length = kept;
      watched.cursor = kept === 0 || watched.cursor === undefined ? undefined : { ...watched.cursor, seq: kept };
      how.push(`${sessionId.slice(0, 4)}@${kept}`);
    }
    this.#connection = this.#connect();
    for (const [sessionId, watched] of this.#watched) this.#subscribe(sessionId, watched);
    return how.join(' ');
  }

  describe(): string {
    const pending = this.#connection.pending().map(({ type, state, commandId, lastError }) => {
      return `${type} ${commandId} ${state}${lastError === undefined ? '' : ` (${lastError.code})`}`;
    });
    const seen = [...this.#watched].map(([sessionId, { lines }]) => `${sessionId.slice(0, 4)}@${lines.length}`);
    return `${this.name}: ${this.#connection.state.state}; ${seen.join(' ')}; pending: ${pending.join(', ') || 'nothing'}`;
  }

  close(): void {
    this.#connection.close();
  }

  #connect(): Connection {
    const { url, token, random } = this.#options;
    const connection = createConnection({
      url: `${url}/ws`,
      token,
      clock: createFasterClock(CLOCK_FACTOR),
      random: () => random.next(),
      storage: this.#storage,
      tab: null,
      wakeUps: (wakeUp) => {
        this.#wakeUps.add(wakeUp);
        return () => this.#wakeUps.delete(wakeUp);
      },
      onListenerError: (error) => this.violations.push(`${this.name}: a listener threw ${String(error)}`),
    });
    connection.onFrame('protocol_error', ({ commandId, retryable }) => {
      if (commandId !== undefined && !retryable) this.refused.add(commandId);
    });
    connection.onFrame('chat_accepted', ({ commandId }) => this.accepted.add(commandId));
    connection.onState((state) => {
      if (state.state === 'refused') this.violations.push(`${this.name}: the sign-in was refused (${state.code})`);
    });
    connection.connect();
    return connection;
  }

  #subscribe(sessionId: string, watched: Watched): void {
    watched.unsubscribe = this.#connection.subscribe(sessionId, {
      ...(watched.cursor === undefined ? {} : { from: watched.cursor }),
      onEvent: (event, line) => {
        watched.lines.push(line);
        if (event.seq !== watched.lines.length)
          this.#blame(sessionId, `event ${event.seq} came as number ${watched.lines.length}`);
      },
      // No process's death may lose a complete line, so no cursor ever stops fitting.
      onReset: () => {
        this.#blame(sessionId, `was told to begin anew at ${watched.lines.length}`);
        watched.lines.length = 0;
      },
      onError: (code, message) => this.#blame(sessionId, `could not subscribe: ${code} ${message}`),
    });
  }

  #follow(handle: ReturnType<Connection['send']>): ReturnType<Connection['send']> {
    void handle.settled.then((outcome) => {
      if (outcome.state === 'accepted') this.accepted.add(handle.commandId);
      else this.refused.add(handle.commandId);
    });
    return handle;
  }

  #blame(sessionId: string, what: string): void {
    this.violations.push(`${this.name}, session ${sessionId}: ${what}`);
  }
}
