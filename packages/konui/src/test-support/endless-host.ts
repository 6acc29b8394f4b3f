import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { SessionId } from '@konui/protocol';

/** Of one event; so a page of the log holds ten of them (SPEC HOST3). */
const TEXT_BYTES = 100_000;
const PAGE_EVENTS = 10;
const EPOCH = 'epoch-1';

/** A host with one session whose log may be larger than memory: each line is made when it is asked for. */
export class EndlessHost {
  readonly sessionId: SessionId;
  readonly #text = Buffer.alloc(TEXT_BYTES, 'The quick brown fox jumps over the lazy dog. ');
  readonly #server: Server;
  readonly #streams = new Set<{ answer: ServerResponse; sent: number }>();
  #lastSeq = 1;

  constructor(sessionId: SessionId) {
    this.sessionId = sessionId;
    this.#server = createServer((request, answer) => this.#handle(request, answer));
  }

  async start(socketPath: string): Promise<void> {
    this.#server.listen(socketPath);
    await once(this.#server, 'listening');
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** The log grows, and whoever follows it is told. */
  growTo(seq: number): void {
    this.#lastSeq = seq;
    for (const stream of this.#streams) this.#pump(stream);
  }

  /** A line of the log without its LF. */
  line(seq: number): Buffer {
    const head = `{"seq":${seq},"sessionId":"${this.sessionId}","at":"2026-01-08T13:11:00.000Z","kind":`;
    if (seq === 1) return Buffer.from(`${head}"log_opened","epoch":"${EPOCH}","bootId":"b","fromSeq":1,"format":1}`);
    return Buffer.concat([Buffer.from(`${head}"odd","text":"`), this.#text, Buffer.from('"}')]);
  }

  #handle(request: IncomingMessage, answer: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://host');
    const after = Number(url.searchParams.get('after') ?? 0);
    switch (url.pathname.split('/').at(-1) ?? '') {
      case 'state': {
        const state = { lastSeq: this.#lastSeq, isProcessing: true, runId: null, pendingPermissions: [] };
        answer.end(JSON.stringify({ sessionId: this.sessionId, epoch: EPOCH, ...state }));
        return;
      }
      case 'events': {
        const last = Math.min(after + Number(url.searchParams.get('limit')), after + PAGE_EVENTS, this.#lastSeq);
        const more = String(last < this.#lastSeq);
        answer.writeHead(200, { 'konui-epoch': EPOCH, 'konui-last-seq': String(this.#lastSeq), 'konui-more': more });
        for (let seq = after + 1; seq <= last; seq += 1)
          answer.write(Buffer.concat([this.line(seq), Buffer.from('\n')]));
        answer.end();
        return;
      }
      case 'stream': {
        const opened = { sessionId: this.sessionId, epoch: EPOCH, lastSeq: this.#lastSeq, cursor: 'ok' };
        answer.writeHead(200, { 'content-type': 'text/event-stream' });
        answer.write(`event: opened\ndata: ${JSON.stringify(opened)}\n\n`);
        const stream = { answer, sent: after };
        this.#streams.add(stream);
        answer.once('close', () => this.#streams.delete(stream));
        this.#pump(stream);
        return;
      }
      case 'feed':
        answer.writeHead(200, { 'content-type': 'text/event-stream' });
        answer.write(':\n\n');
        return;
      default:
        answer.writeHead(404).end('{"error":{"code":"NOT_FOUND","message":"no such path"}}');
    }
  }

  #pump(stream: { answer: ServerResponse; sent: number }): void {
    while (stream.sent < this.#lastSeq) {
      stream.sent += 1;
      const line = this.line(stream.sent);
      stream.answer.write(
        Buffer.concat([Buffer.from(`id: ${EPOCH}:${stream.sent}\ndata: `), line, Buffer.from('\n\n')]),
      );
    }
  }
}
