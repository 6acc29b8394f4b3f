import { HEARTBEAT, PONG_TIMEOUT_MS } from '@konui/protocol';
import type { Clock } from '../clock.ts';

/** Short, because it also notices that the machine slept: timers stand still then, the wall clock does not. */
const TICK_MS = 5_000;
/** A tick this late means sleep, or a hidden page whose timers the browser slows to one a minute. */
const LATE_MS = 10_000;
/** After a wake-up somebody is looking at the page: a shorter wait is worth a needless reconnect. */
const WAKE_TIMEOUT_MS = 5_000;
/** The device itself says that its network is gone: what still answers, such as a gateway on this machine, does so at once. */
const OFFLINE_TIMEOUT_MS = 2_000;
/** Late ticks in a row with the ping still unanswered: one may be sleep, two are a dead server. */
const MAX_LATE_TICKS = 2;

interface HeartbeatOptions {
  readonly clock: Clock;
  sendPing(): void;
  /** The server answers no more; called once. */
  onDead(): void;
  /** A ping was answered. */
  onAnswered(): void;
}

/** Pings every 30 s and takes 15 s of silence after a ping for death, so that it is noticed within 45 s (A7). */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #cancelTick: (() => void) | undefined;
  #tickedAt = 0;
  #pingedAt = 0;
  #awaitsAnswer = false;
  #timeoutMs = PONG_TIMEOUT_MS;
  #lateTicks = 0;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  start(): void {
    this.stop();
    this.#pingedAt = this.#options.clock.now();
    this.#awaitsAnswer = false;
    this.#lateTicks = 0;
    this.#schedule();
  }

  stop(): void {
    this.#cancelTick?.();
    this.#cancelTick = undefined;
  }

  /** Any frame shows that the server lives. */
  onFrame(): void {
    if (!this.#awaitsAnswer) return;
    this.#awaitsAnswer = false;
    this.#lateTicks = 0;
    this.#options.onAnswered();
  }

  /** Pings now; without an answer within 5 s, or 2 s after the loss of the network, the server counts as dead. */
  checkNow(cause: 'wake-up' | 'offline'): void {
    const timeoutMs = cause === 'offline' ? OFFLINE_TIMEOUT_MS : WAKE_TIMEOUT_MS;
    if (this.#cancelTick === undefined || (this.#awaitsAnswer && this.#timeoutMs <= timeoutMs)) return;
    this.#ping(timeoutMs);
    this.#cancelTick();
    this.#schedule(timeoutMs);
  }

  #schedule(delayMs = TICK_MS): void {
    this.#tickedAt = this.#options.clock.now();
    this.#cancelTick = this.#options.clock.setTimeout(() => this.#tick(), delayMs);
  }

  #tick(): void {
    const now = this.#options.clock.now();
    const isLate = now - this.#tickedAt > TICK_MS + LATE_MS;
    if (isLate && this.#awaitsAnswer) this.#lateTicks += 1;
    if (
      this.#awaitsAnswer &&
      (this.#lateTicks >= MAX_LATE_TICKS || (!isLate && now - this.#pingedAt >= this.#timeoutMs))
    ) {
      this.stop();
      this.#options.onDead();
      return;
    }
    if (isLate) this.#ping(WAKE_TIMEOUT_MS);
    else if (!this.#awaitsAnswer && now - this.#pingedAt >= HEARTBEAT.intervalMs) this.#ping(PONG_TIMEOUT_MS);
    this.#schedule();
  }

  #ping(timeoutMs: number): void {
    this.#pingedAt = this.#options.clock.now();
    this.#timeoutMs = timeoutMs;
    this.#awaitsAnswer = true;
    this.#options.sendPing();
  }
}
