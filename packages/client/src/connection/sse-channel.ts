import { KonuiError } from '@konui/protocol';
import { BROKEN, type Channel, type ChannelListener, type FrameData, type OpenChannel } from './channel.ts';
import { authorize, type Credentials } from './sign-in.ts';
import { createSseReader, type StreamEvent } from './sse-reader.ts';

/** Taken, or told on the stream to be too large (SPEC FB2). */
const TOLD_ON_STREAM: readonly number[] = [202, 413];

export interface SseChannelOptions {
  /** `ws(s)://…/ws`, as for a WebSocket. */
  readonly url: string;
  readonly credentials: Credentials;
  readonly fetch: typeof fetch;
}

/** The fallback (SPEC FB): frames come by server-sent events, and go one after the other by POST. */
export function createSseOpener(options: SseChannelOptions): OpenChannel {
  return async (listener, signal) => {
    const answer = await ask(options, { path: '/api/stream', signal });
    if (answer.status === 401) throw new KonuiError('UNAUTHORIZED', 'the sign-in was refused');
    if (!answer.ok || answer.body === null) throw new Error(`the server could not be reached (${answer.status})`);
    const channel = new SseChannel(options, listener, signal);
    void channel.read(answer.body);
    return channel;
  };
}

class SseChannel implements Channel {
  readonly #options: SseChannelOptions;
  readonly #listener: ChannelListener;
  readonly #signal: AbortSignal;
  /** Ends the requests when the stream ends, and the stream when a request fails. */
  readonly #closed = new AbortController();
  #connectionId: string | undefined;
  #sent: Promise<void> = Promise.resolve();

  constructor(options: SseChannelOptions, listener: ChannelListener, signal: AbortSignal) {
    this.#options = options;
    this.#listener = listener;
    this.#signal = signal;
  }

  send(data: FrameData): boolean {
    if (this.#closed.signal.aborted || this.#signal.aborted) return false;
    this.#sent = this.#sent.then(() => this.#post(data));
    return true;
  }

  async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body.getReader();
    this.#closed.signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined), { once: true });
    const decoder = new TextDecoder();
    const readEvents = createSseReader();
    try {
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        for (const event of readEvents(decoder.decode(chunk.value, { stream: true }))) this.#receive(event);
      }
    } catch {
      // It broke, or was given up; either way it is over.
    }
    this.#close(BROKEN);
  }

  #receive({ event, data }: StreamEvent): void {
    if (this.#closed.signal.aborted || this.#signal.aborted) return;
    if (event === 'close') return this.#close(readField(data, 'code') ?? BROKEN);
    this.#connectionId ??= readField(data, 'connectionId');
    this.#listener.onMessage(data);
  }

  async #post(data: FrameData): Promise<void> {
    const path = `/api/stream/${this.#connectionId}/frames`;
    if (this.#closed.signal.aborted || this.#signal.aborted) return;
    try {
      const signal = AbortSignal.any([this.#signal, this.#closed.signal]);
      const answer = await ask(this.#options, { path, signal, body: data });
      await answer.body?.cancel();
      // Also for a refused sign-in: whether it is one, the next attempt to open a stream will say.
      if (!TOLD_ON_STREAM.includes(answer.status)) this.#close(BROKEN);
    } catch {
      // The frame may be lost, as on a socket that breaks.
      this.#close(BROKEN);
    }
  }

  #close(code: number): void {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    if (!this.#signal.aborted) this.#listener.onClose(code);
  }
}

async function ask(
  { url, credentials, fetch }: SseChannelOptions,
  { path, signal, body }: { path: string; signal: AbortSignal; body?: FrameData },
): Promise<Response> {
  const address = new URL(path, url.replace(/^ws/, 'http'));
  const headers = await authorize(credentials, address, signal);
  const method = body === undefined ? 'GET' : 'POST';
  return fetch(address, { method, headers, signal, cache: 'no-store', body: body ?? null });
}

/** A field of the server's own JSON; undefined where there is none of this type. */
function readField<Name extends 'code' | 'connectionId'>(json: string, name: Name): FieldTypes[Name] | undefined {
  const value: Partial<FieldTypes> = JSON.parse(json);
  return value[name];
}

interface FieldTypes {
  code: number;
  connectionId: string;
}
