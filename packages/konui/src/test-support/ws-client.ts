import { type ClientOptions, WebSocket } from 'ws';

export interface ReceivedFrame {
  /** Exactly as it came. */
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** A WebSocket client of a test: keeps what it received, and waits for what it has not. */
export class WsClient {
  readonly frames: ReceivedFrame[] = [];
  readonly #events = new Map<unknown, string[]>();
  readonly socket: WebSocket;
  closed: { code: number; reason: string } | undefined;
  readonly #waiting = new Set<() => void>();

  constructor(url: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(url, options);
    this.socket.on('message', (data: Buffer) => {
      const text = data.toString();
      const json = JSON.parse(text);
      this.frames.push({ text, json });
      if ('seq' in json && 'at' in json) this.#eventsOf(json.sessionId).push(text);
      this.#wake();
    });
    this.socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
      this.#wake();
    });
    this.socket.on('error', () => this.#wake());
  }

  /** Resolves when the server's first frame has arrived. */
  async opened(): Promise<this> {
    await this.frame('server_hello');
    return this;
  }

  send(value: unknown): void {
    this.socket.send(typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value));
  }

  /** The first frame of this kind, now or later, that fits. */
  async frame(
    kind: string,
    fits: (frame: Record<string, unknown>) => boolean = () => true,
  ): Promise<Record<string, unknown>> {
    const find = () => this.frames.find(({ json }) => json['kind'] === kind && fits(json))?.json;
    await this.until(() => find() !== undefined, `a frame ${kind}`);
    return find() ?? {};
  }

  /** Frames that are events of the log, as they came. */
  events(sessionId: string): string[] {
    return this.#eventsOf(sessionId);
  }

  async eventsUpTo(sessionId: string, count: number): Promise<string[]> {
    await this.until(() => this.events(sessionId).length >= count, `${count} events`);
    return this.events(sessionId);
  }

  async untilClosed(): Promise<{ code: number; reason: string }> {
    await this.until(() => this.closed !== undefined, 'the close');
    return this.closed ?? { code: 0, reason: '' };
  }

  async until(isSo: () => boolean, what: string): Promise<void> {
    while (!isSo()) {
      if (this.closed !== undefined) throw new Error(`closed with ${this.closed.code} while waiting for ${what}`);
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  close(): void {
    this.socket.terminate();
  }

  #eventsOf(sessionId: unknown): string[] {
    const events = this.#events.get(sessionId) ?? [];
    this.#events.set(sessionId, events);
    return events;
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }
}
