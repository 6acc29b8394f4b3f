import { CLOSE_CODES, KonuiError } from '@konui/protocol';
import type { Clock } from '../clock.ts';
import { backoffMs } from './backoff.ts';
import type { Channel, FrameData, OpenChannel } from './channel.ts';
import type { LinkState } from './connection-state.ts';
import { Heartbeat } from './heartbeat.ts';
import type { ProbeVerdict } from './sign-in.ts';
import type { WakeUpSource } from './wake-ups.ts';

/** Attempts in a row before a person is asked (A6). */
const MAX_ATTEMPTS = 20;
/** Ticket, upgrade and the server's first message together. */
const ATTEMPT_TIMEOUT_MS = 15_000;
/**
 * The first attempts after a loss: a browser may use a connection for the ticket that died with the socket, and would
 * wait for it; the next attempt has a new one.
 */
const FIRST_TIMEOUTS_MS: readonly number[] = [5_000, 10_000];
const PROBE_TIMEOUT_MS = 10_000;
/** A connection that lived this long was a good one: the next failure counts as the first. */
const STABLE_MS = 10_000;
/** After a going-away the server is expected back within this time, and asked often. */
const RESTART_WINDOW_MS = 20_000;
const RESTART_DELAY_MS = { least: 250, spread: 1_250 } as const;

/** How a protocol's messages are read, and which of them the link has to know. */
export interface LinkProtocol<Message, Live extends object> {
  /** Undefined for what this version cannot read, or what is not complete. */
  readonly parse: (data: FrameData) => Message | undefined;
  /** What is known of the connection from now on, where this message says that it is open. */
  readonly toLive: (message: Message) => Live | undefined;
  /** The server says that it leaves, and will be back. */
  readonly isGoingAway: (message: Message) => boolean;
}

export interface LinkOptions<Message, Live extends object> {
  readonly clock: Clock;
  readonly random: () => number;
  readonly wakeUps: WakeUpSource | undefined;
  readonly open: OpenChannel;
  readonly protocol: LinkProtocol<Message, Live>;
  readonly probe: (signal: AbortSignal) => Promise<ProbeVerdict>;
  /** An attempt came to nothing although the server answers requests. */
  readonly onReachable: () => void;
  readonly onState: (state: LinkState<Live>) => void;
  readonly onMessage: (message: Message) => void;
  /** The channel closed or was given up; `code` where the server sent one. */
  readonly onDrop: (code: number | undefined) => void;
}

/** One channel at a time, opened again whenever it is lost: attempts, backoff, heartbeat, wake-ups, refusals. */
export class Link<Message, Live extends object> {
  readonly #options: LinkOptions<Message, Live>;
  readonly #heartbeat: Heartbeat;
  #state: LinkState<Live> = { state: 'closed' };
  /** Grows with every attempt and every end of one: what an older attempt still reports is ignored. */
  #generation = 0;
  #failures = 0;
  #restartUntil = 0;
  #liveSince = 0;
  #heardAtMs: number | undefined;
  /** Undefined until the first connection is open: there is nothing that could have died. */
  #attemptsSinceLoss: number | undefined;
  #attemptTimeoutMs = ATTEMPT_TIMEOUT_MS;
  /** Ends the channel, or the attempt to open one. */
  #channelEnd: AbortController | undefined;
  #channel: Channel | undefined;
  #cancelTimer: (() => void) | undefined;
  #stopWakeUps: (() => void) | undefined;

  constructor(options: LinkOptions<Message, Live>) {
    this.#options = options;
    this.#heartbeat = new Heartbeat({
      clock: options.clock,
      sendPing: () => this.send('{"type":"ping"}'),
      onDead: () => this.#lost('the server did not answer', undefined),
      onAnswered: () => (this.#failures = 0),
    });
  }

  get state(): LinkState<Live> {
    return this.#state;
  }

  get heardAtMs(): number | undefined {
    return this.#heardAtMs;
  }

  /** Opens the connection unless it is open, opening or waiting already. */
  connect(): void {
    if (this.#state.state !== 'closed') return;
    this.#stopWakeUps = this.#options.wakeUps?.(
      () => this.#onWakeUp(),
      () => this.#heartbeat.checkNow('offline'),
    );
    this.#attemptAnew();
  }

  /** Tries now, whatever the state was: waiting, disconnected or refused. */
  retry(): void {
    const { state } = this.#state;
    if (state === 'closed') this.connect();
    else if (state === 'waiting' || state === 'disconnected' || state === 'refused') this.#attemptAnew();
  }

  close(): void {
    this.#end(1000);
    this.#stopWakeUps?.();
    this.#stopWakeUps = undefined;
    this.#set({ state: 'closed' });
  }

  /** Whether the frame was given to a live socket; that it arrived only an answer can tell. */
  send(data: FrameData): boolean {
    return this.#state.state === 'live' && this.#channel?.send(data) === true;
  }

  /** Leaves a connection that works for a better one. */
  reconnect(): void {
    if (this.#state.state === 'live') this.#attemptAnew();
  }

  #onWakeUp(): void {
    const { state } = this.#state;
    if (state === 'live') this.#heartbeat.checkNow('wake-up');
    else if (state === 'waiting' || state === 'disconnected') this.#attemptAnew();
  }

  #attemptAnew(): void {
    this.#failures = 0;
    this.#attempt();
  }

  #attempt(): void {
    this.#end(1000);
    const generation = this.#generation;
    this.#attemptTimeoutMs = this.#nextTimeoutMs();
    this.#cancelTimer = this.#options.clock.setTimeout(
      () => this.#failed('the server did not answer'),
      this.#attemptTimeoutMs,
    );
    this.#set({ state: 'connecting', attempt: this.#failures + 1, isRestart: this.#isRestart() });
    void this.#open(generation);
  }

  #nextTimeoutMs(): number {
    if (this.#attemptsSinceLoss === undefined) return ATTEMPT_TIMEOUT_MS;
    this.#attemptsSinceLoss += 1;
    return FIRST_TIMEOUTS_MS[this.#attemptsSinceLoss - 1] ?? ATTEMPT_TIMEOUT_MS;
  }

  async #open(generation: number): Promise<void> {
    const end = new AbortController();
    this.#channelEnd = end;
    const listener = {
      onMessage: (data: FrameData) => this.#hear(data),
      onClose: (code: number) => this.#closed(code),
    };
    try {
      const channel = await this.#options.open(listener, end.signal);
      if (generation === this.#generation) this.#channel = channel;
    } catch (error) {
      if (generation !== this.#generation) return;
      if (error instanceof KonuiError && error.code === 'UNAUTHORIZED') this.#refuse(error.code);
      else this.#lost(error instanceof Error ? error.message : String(error), undefined);
    }
  }

  #hear(data: FrameData): void {
    this.#heartbeat.onFrame();
    this.#heardAtMs = this.#options.clock.now();
    const message = this.#options.protocol.parse(data);
    if (message !== undefined) this.#receive(message);
  }

  #receive(message: Message): void {
    const { clock, protocol, onMessage } = this.#options;
    const live = this.#state.state === 'connecting' ? protocol.toLive(message) : undefined;
    if (live !== undefined) {
      this.#cancelTimer?.();
      this.#cancelTimer = undefined;
      this.#liveSince = clock.now();
      this.#restartUntil = 0;
      this.#attemptsSinceLoss = 0;
      this.#heartbeat.start();
      this.#set({ state: 'live', ...live });
    }
    if (protocol.isGoingAway(message)) this.#restartUntil = clock.now() + RESTART_WINDOW_MS;
    onMessage(message);
  }

  #closed(code: number): void {
    // Until it was cut, what there was to say was said.
    if (this.#state.state === 'live') this.#heardAtMs = this.#options.clock.now();
    if (code === CLOSE_CODES.unauthorized) {
      this.#refuse('UNAUTHORIZED');
      return;
    }
    if (code === CLOSE_CODES.restart) this.#restartUntil = this.#options.clock.now() + RESTART_WINDOW_MS;
    if (this.#state.state === 'live') this.#lost(`the connection closed (${code})`, code);
    else this.#failed(`the server could not be reached (${code})`);
  }

  /** An attempt came to nothing: find out whether another one can help. */
  #failed(reason: string): void {
    this.#end(1000);
    const generation = this.#generation;
    const abort = new AbortController();
    this.#cancelTimer = this.#options.clock.setTimeout(
      () => {
        abort.abort();
        if (generation === this.#generation) this.#lost(reason, undefined);
      },
      Math.min(PROBE_TIMEOUT_MS, this.#attemptTimeoutMs),
    );
    void this.#options.probe(abort.signal).then((verdict) => {
      if (generation !== this.#generation) return;
      if (verdict === 'refused') return this.#refuse('UNAUTHORIZED');
      if (verdict === 'reachable') this.#options.onReachable();
      this.#lost(reason, undefined);
    });
  }

  #lost(reason: string, code: number | undefined): void {
    const wasStable = this.#state.state === 'live' && this.#options.clock.now() - this.#liveSince >= STABLE_MS;
    this.#end(code);
    this.#failures = wasStable ? 1 : this.#failures + 1;
    if (this.#failures >= MAX_ATTEMPTS) {
      this.#set({ state: 'disconnected', reason });
      return;
    }
    const isRestart = this.#isRestart();
    const { random, clock } = this.#options;
    const delayMs = isRestart
      ? RESTART_DELAY_MS.least + random() * RESTART_DELAY_MS.spread
      : backoffMs(this.#failures, random);
    this.#cancelTimer = clock.setTimeout(() => this.#attempt(), delayMs);
    this.#set({ state: 'waiting', attempt: this.#failures, nextAttemptAt: clock.now() + delayMs, isRestart });
  }

  #refuse(code: string): void {
    this.#end(CLOSE_CODES.unauthorized);
    this.#set({ state: 'refused', code });
  }

  #isRestart(): boolean {
    return this.#options.clock.now() < this.#restartUntil;
  }

  /** Ends what is under way. */
  #end(code: number | undefined): void {
    this.#generation += 1;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#heartbeat.stop();
    const channelEnd = this.#channelEnd;
    this.#channelEnd = undefined;
    this.#channel = undefined;
    if (channelEnd === undefined) return;
    channelEnd.abort();
    this.#options.onDrop(code);
  }

  #set(state: LinkState<Live>): void {
    if (this.#state.state === 'closed' && state.state === 'closed') return;
    this.#state = state;
    this.#options.onState(state);
  }
}
