import type { Clock } from '../clock.ts';
import type { FrameData, OpenChannel } from './channel.ts';
import { parseServerFrame } from './server-frame.ts';

/** Ticket, upgrade and `server_hello` together. */
const TRIAL_TIMEOUT_MS = 15_000;

export interface WebSocketTrialOptions {
  readonly clock: Clock;
  readonly open: OpenChannel;
  readonly onWorks: () => void;
  /** None opens; another trial is worth it later. */
  readonly onFails: () => void;
}

/** Finds out, beside a stream that goes on meanwhile, whether a WebSocket opens by now. */
export class WebSocketTrial {
  readonly #options: WebSocketTrialOptions;
  #cancelTimer: (() => void) | undefined;
  #abort: AbortController | undefined;

  constructor(options: WebSocketTrialOptions) {
    this.#options = options;
  }

  startIn(delayMs: number): void {
    this.stop();
    this.#cancelTimer = this.#options.clock.setTimeout(() => this.#start(), delayMs);
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#abort?.abort();
    this.#abort = undefined;
  }

  #start(): void {
    const abort = new AbortController();
    this.#abort = abort;
    const end = (report: () => void): void => {
      if (abort.signal.aborted) return;
      this.stop();
      report();
    };
    const { clock, open, onWorks, onFails } = this.#options;
    this.#cancelTimer = clock.setTimeout(() => end(onFails), TRIAL_TIMEOUT_MS);
    const onMessage = (data: FrameData): void => {
      const frame = parseServerFrame(data);
      if (frame?.type === 'gateway' && frame.frame.kind === 'server_hello') end(onWorks);
    };
    void open({ onMessage, onClose: () => end(onFails) }, abort.signal).catch(() => end(onFails));
  }
}
