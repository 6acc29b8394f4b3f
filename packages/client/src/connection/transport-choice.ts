import type { Clock } from '../clock.ts';

/** `auto`: a WebSocket, and where none can be opened server-sent events (A12, SPEC FB6). */
export type TransportSetting = 'auto' | 'websocket' | 'sse';
export type TransportName = Exclude<TransportSetting, 'auto'>;

/** One failed upgrade may be a restart, three with a server that answers are a proxy in between. */
const FAILED_UPGRADES = 3;
/** A laptop may have changed its network since. */
const WEB_SOCKET_AGAIN_MS = 10 * 60_000;

/** Which transport the next attempt takes. */
export class TransportChoice {
  readonly #setting: TransportSetting;
  readonly #clock: Clock;
  #failedUpgrades = 0;
  #sseUntil = 0;
  #current: TransportName = 'websocket';

  constructor(setting: TransportSetting, clock: Clock) {
    this.#setting = setting;
    this.#clock = clock;
  }

  /** That of the attempt which began last. */
  get current(): TransportName {
    return this.#current;
  }

  next(): TransportName {
    const now = this.#clock.now();
    this.#current = this.#setting === 'auto' ? (now < this.#sseUntil ? 'sse' : 'websocket') : this.#setting;
    return this.#current;
  }

  /** While a stream stands in: milliseconds until a WebSocket is to be tried again; undefined where it never is. */
  get webSocketAgainMs(): number | undefined {
    if (this.#setting !== 'auto' || this.#current !== 'sse') return undefined;
    return Math.max(0, this.#sseUntil - this.#clock.now());
  }

  /** A WebSocket could not be opened although the server answers requests. */
  onUpgradeFailed(): void {
    this.#failedUpgrades += 1;
    if (this.#failedUpgrades >= FAILED_UPGRADES) this.#sseUntil = this.#clock.now() + WEB_SOCKET_AGAIN_MS;
  }

  onWebSocketWorks(): void {
    this.#failedUpgrades = 0;
    this.#sseUntil = 0;
  }
}
