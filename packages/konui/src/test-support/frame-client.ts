export interface ReceivedFrame {
  /** Exactly as it came. */
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** A client of a test, over whatever transport: keeps what it received, and waits for what it has not. */
export abstract class FrameClient {
  readonly frames: ReceivedFrame[] = [];
  closed: { code: number; reason: string } | undefined;
  readonly #events = new Map<unknown, string[]>();
  readonly #waiting = new Set<() => void>();

  abstract send(value: unknown): void;
  /** Stops reading, so that the kernel's buffers fill. */
  abstract pause(): void;
  abstract resume(): void;
  /** As a client that dies. */
  abstract close(): void;

  /** Resolves when the server's first frame has arrived. */
  async opened(): Promise<this> {
    await this.frame('server_hello');
    return this;
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

  protected receive(text: string): void {
    const json = JSON.parse(text);
    this.frames.push({ text, json });
    if ('seq' in json && 'at' in json) this.#eventsOf(json.sessionId).push(text);
    this.wake();
  }

  protected wake(): void {
    for (const wake of this.#waiting) wake();
  }

  #eventsOf(sessionId: unknown): string[] {
    const events = this.#events.get(sessionId) ?? [];
    this.#events.set(sessionId, events);
    return events;
  }
}
