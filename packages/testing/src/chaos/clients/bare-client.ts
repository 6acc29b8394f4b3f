import { WebSocket } from 'ws';
import type { SeededRandom } from '../seeded-random.ts';
import { type ChaosClient, type CommandFrame, commandIdOf, type Seen } from './chaos-client.ts';

/** A socket that does not answer a ping for so long is given up. */
const PONG_MS = 800;
const RETRY_MS = 100;

export interface BareClientOptions {
  readonly name: string;
  readonly url: string;
  readonly token: string;
  readonly random: SeededRandom;
  /** How often what was not acknowledged is sent again after a reconnect; otherwise it is given up. */
  readonly resends: number;
}

interface Watched {
  lines: string[];
  epoch: string | undefined;
  /** The answer to the subscription on this socket has come, so that each event must be the next one. */
  isSubscribed: boolean;
}

type Frame = Readonly<Record<string, unknown>>;

/** A client without the SDK's repairs: what the gateway sends has to be right as it stands (GW5, GW6). */
export class BareClient implements ChaosClient {
  readonly name: string;
  readonly promised = undefined;
  readonly violations: string[] = [];
  readonly accepted = new Set<string>();
  readonly refused = new Set<string>();
  readonly #options: BareClientOptions;
  readonly #watched = new Map<string, Watched>();
  readonly #unanswered = new Map<string, CommandFrame>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #socket: WebSocket | undefined;
  #isLive = false;
  #isClosed = false;
  #pong: NodeJS.Timeout | undefined;

  constructor(options: BareClientOptions) {
    this.#options = options;
    this.name = options.name;
    this.#open();
  }

  get isBusy(): boolean {
    return this.#unanswered.size > 0;
  }

  watch(sessionId: string): void {
    if (this.#watched.has(sessionId)) return;
    this.#watched.set(sessionId, { lines: [], epoch: undefined, isSubscribed: false });
    this.#subscribe([sessionId]);
  }

  forget(sessionId: string): void {
    this.#watched.delete(sessionId);
    this.#send({ type: 'chat.unsubscribe', sessions: [{ sessionId }] });
  }

  isWatching(sessionId: string): boolean {
    return this.#watched.has(sessionId);
  }

  seen(sessionId: string): Seen {
    return this.#watched.get(sessionId) ?? { lines: [] };
  }

  command(frame: CommandFrame): CommandFrame {
    this.#unanswered.set(commandIdOf(frame), frame);
    this.#send(frame);
    return frame;
  }

  forgetCommands(): void {
    this.accepted.clear();
    this.refused.clear();
  }

  nudge(): void {
    if (!this.#isLive || this.#pong !== undefined) return;
    this.#send({ type: 'ping' });
    this.#pong = setTimeout(() => this.#socket?.terminate(), PONG_MS);
  }

  reload(): string {
    this.#socket?.terminate();
    return 'terminated';
  }

  describe(): string {
    const seen = [...this.#watched].map(
      ([id, { lines, isSubscribed }]) => `${id.slice(0, 4)}@${lines.length}${isSubscribed ? '' : '?'}`,
    );
    return `${this.name}: ${this.#isLive ? 'live' : 'not live'}; ${seen.join(' ')}; unanswered: ${[...this.#unanswered.keys()].join(', ') || 'nothing'}`;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#pong);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#socket?.terminate();
  }

  #open(): void {
    const { url, token } = this.#options;
    const address = `${url.replace(/^http/, 'ws')}/ws`;
    const socket = new WebSocket(address, { headers: { authorization: `Bearer ${token}` }, handshakeTimeout: 3000 });
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#receive(data.toString()));
    // The close that follows says all there is.
    socket.on('error', () => undefined);
    socket.once('close', () => this.#onClose());
  }

  #onClose(): void {
    this.#isLive = false;
    clearTimeout(this.#pong);
    this.#pong = undefined;
    for (const watched of this.#watched.values()) watched.isSubscribed = false;
    if (!this.#isClosed) this.#later(() => this.#open());
  }

  #receive(text: string): void {
    const frame = JSON.parse(text) as Frame;
    if (typeof frame['seq'] === 'number' && typeof frame['at'] === 'string') return this.#onEvent(frame, text);
    const sessionId = typeof frame['sessionId'] === 'string' ? frame['sessionId'] : '';
    const commandId = typeof frame['commandId'] === 'string' ? frame['commandId'] : undefined;
    switch (frame['kind']) {
      case 'server_hello':
        return this.#onLive();
      case 'chat_subscribed':
        return this.#onSubscribed(sessionId, frame);
      case 'chat_accepted':
        this.accepted.add(commandId ?? '');
        this.#unanswered.delete(commandId ?? '');
        return;
      case 'pong':
        clearTimeout(this.#pong);
        this.#pong = undefined;
        return;
      case 'protocol_error':
        return this.#onRefused(sessionId, commandId, frame);
    }
  }

  #onLive(): void {
    this.#isLive = true;
    if (this.#watched.size > 0) this.#subscribe([...this.#watched.keys()]);
    for (const [commandId, frame] of this.#unanswered) {
      if (this.#options.random.chance(this.#options.resends)) this.#send(frame);
      else this.#unanswered.delete(commandId);
    }
  }

  #onSubscribed(sessionId: string, frame: Frame): void {
    const watched = this.#watched.get(sessionId);
    if (watched === undefined) return;
    if (frame['cursor'] !== 'ok')
      this.#blame(sessionId, `its cursor ${watched.lines.length} was judged ${String(frame['cursor'])}`);
    if (typeof frame['epoch'] === 'string') watched.epoch = frame['epoch'];
    watched.isSubscribed = true;
  }

  #onEvent(frame: Frame, text: string): void {
    const sessionId = String(frame['sessionId']);
    const watched = this.#watched.get(sessionId);
    if (watched === undefined) return;
    watched.lines.push(text);
    if (!watched.isSubscribed)
      this.#blame(sessionId, `event ${String(frame['seq'])} came before the answer to the subscription`);
    if (frame['seq'] !== watched.lines.length) {
      this.#blame(sessionId, `event ${String(frame['seq'])} came as number ${watched.lines.length}`);
    }
  }

  #onRefused(sessionId: string, commandId: string | undefined, frame: Frame): void {
    const isRetryable = frame['retryable'] === true;
    if (commandId === undefined) {
      if (isRetryable) this.#later(() => this.#subscribe([sessionId]));
      else this.#blame(sessionId, `protocol_error ${String(frame['code'])}: ${String(frame['error'])}`);
      return;
    }
    const command = this.#unanswered.get(commandId);
    if (isRetryable && command !== undefined) {
      this.#later(() => this.#send(command));
      return;
    }
    if (!isRetryable) this.refused.add(commandId);
    this.#unanswered.delete(commandId);
  }

  #subscribe(sessionIds: readonly string[]): void {
    const sessions = sessionIds.flatMap((sessionId) => {
      const watched = this.#watched.get(sessionId);
      if (watched === undefined || watched.isSubscribed) return [];
      const { lines, epoch } = watched;
      return [{ sessionId, lastSeq: lines.length, ...(epoch === undefined ? {} : { epoch }) }];
    });
    if (sessions.length > 0) this.#send({ type: 'chat.subscribe', sessions });
  }

  #send(frame: object): void {
    if (this.#isLive && this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #later(action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, RETRY_MS);
    this.#timers.add(timer);
  }

  #blame(sessionId: string, what: string): void {
    this.violations.push(`${this.name}, session ${sessionId}: ${what}`);
  }
}
