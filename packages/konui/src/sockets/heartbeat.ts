import { CLOSE_CODES } from '@konui/protocol';
import type { WebSocket } from 'ws';

export interface HeartbeatOptions {
  readonly intervalMs: number;
  readonly staleMs: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** Looks this often within `staleMs`, so that a silent client is closed soon after. */
const LOOKS_PER_STALE = 18;

/**
 * Pings every socket, which browsers answer by themselves, and closes with 4408 those that were silent for too long
 * (SPEC GW9). One timer for all sockets.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #heardAt = new Map<WebSocket, number>();
  readonly #timer: NodeJS.Timeout;
  #pingedAt: number;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#pingedAt = options.now();
    this.#timer = setInterval(() => this.#look(), options.staleMs / LOOKS_PER_STALE);
  }

  watch(socket: WebSocket): void {
    const heard = (): void => {
      this.#heardAt.set(socket, this.#options.now());
    };
    heard();
    socket.on('message', heard);
    socket.on('ping', heard);
    socket.on('pong', heard);
    socket.once('close', () => this.#heardAt.delete(socket));
  }

  close(): void {
    clearInterval(this.#timer);
    this.#heardAt.clear();
  }

  #look(): void {
    const now = this.#options.now();
    const isPingDue = now - this.#pingedAt >= this.#options.intervalMs;
    if (isPingDue) this.#pingedAt = now;
    for (const [socket, heardAt] of this.#heardAt) {
      if (now - heardAt >= this.#options.staleMs) {
        this.#heardAt.delete(socket);
        socket.close(CLOSE_CODES.stale, 'nothing heard for too long');
      } else if (isPingDue && socket.readyState === socket.OPEN) {
        socket.ping();
      }
    }
  }
}
