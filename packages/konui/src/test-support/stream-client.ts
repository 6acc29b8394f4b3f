import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { SseParser } from '../hosts/sse-parser.ts';
import { FrameClient } from './frame-client.ts';

/** A client of a test without WebSockets: frames by POST, answers and events by SSE (SPEC FB). */
export class StreamClient extends FrameClient {
  /** Status of the answer to the GET, and of each POST in the order of their answers. */
  status = 0;
  readonly posted: { status: number; body: string }[] = [];
  readonly #origin: string;
  readonly #headers: Record<string, string>;
  readonly #request: ClientRequest;
  #answer: IncomingMessage | undefined;
  /** Frames go one after the other, as on a socket. */
  #sent: Promise<void> = Promise.resolve();

  constructor(origin: string, token: string, { query = '', host }: { query?: string; host?: string } = {}) {
    super();
    this.#origin = origin;
    this.#headers = { authorization: `Bearer ${token}`, ...(host === undefined ? {} : { host }) };
    this.#request = request(`${origin}/api/stream${query}`, { headers: this.#headers, agent: false });
    this.#request.on('response', (answer) => this.#read(answer));
    this.#request.on('error', () => this.#end());
    this.#request.end();
  }

  get headers(): NodeJS.Dict<string | string[]> {
    return this.#answer?.headers ?? {};
  }

  get connectionId(): string {
    return String(this.frames[0]?.json['connectionId']);
  }

  send(value: unknown): void {
    const body = typeof value === 'string' ? value : JSON.stringify(value);
    this.#sent = this.#sent.then(async () => {
      const init = { method: 'POST', headers: this.#headers, body };
      const answer = await fetch(`${this.#origin}/api/stream/${this.connectionId}/frames`, init);
      this.posted.push({ status: answer.status, body: await answer.text() });
      this.wake();
    });
  }

  pause(): void {
    this.#answer?.pause();
  }

  resume(): void {
    this.#answer?.resume();
  }

  close(): void {
    this.#request.destroy();
  }

  #read(answer: IncomingMessage): void {
    this.#answer = answer;
    this.status = answer.statusCode ?? 0;
    const parser = new SseParser();
    answer.on('data', (chunk: Buffer) => {
      for (const { event, data } of parser.push(chunk)) {
        if (event === 'close') this.closed = JSON.parse(data.toString());
        else this.receive(data.toString());
      }
    });
    answer.on('error', () => this.#end());
    answer.on('close', () => this.#end());
  }

  #end(): void {
    this.closed ??= { code: 1006, reason: '' };
    this.wake();
  }
}
