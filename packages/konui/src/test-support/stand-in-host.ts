import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  createSessionState,
  judgeCursor,
  parseCursorId,
  parseSessionEvent,
  reduceSession,
  SessionId,
  type SessionState,
} from '@konui/protocol';
import { sampleSession } from '@konui/testing';

/** A command that the gateway handed over. */
export interface ReceivedCommand {
  readonly name: string;
  readonly sessionId: string;
  readonly body: Record<string, unknown>;
}

interface Reader {
  readonly sessionId: string;
  readonly answer: ServerResponse;
  sent: number;
}

/** As SPEC HOST3 says. */
const MAX_PAGE_BYTES = 1024 * 1024;

interface Log {
  readonly lines: string[];
  readonly state: SessionState;
}

/** A host for tests: the host API (SPEC HOST) on a real unix socket, whose death can be played. */
export class StandInHost {
  readonly commands: ReceivedCommand[] = [];
  readonly requests: string[] = [];
  /** Set to answer commands with an error of this code. */
  refuseWith: { code: string; status: number } | undefined;
  /** What every search finds. */
  hits: readonly object[] = [];
  /** The agents that it knows. */
  providers: readonly object[] = [];
  /** Uploads wait for this. */
  uploadGate: Promise<void> = Promise.resolve();
  /** Answers of commands wait for this. */
  gate: Promise<void> = Promise.resolve();
  /** Projects by session; only sessions that have one stand in the lists. */
  readonly projects = new Map<string, string>();
  readonly #logs = new Map<string, Log>();
  /** Holds the attachments. */
  readonly #folder: string;
  readonly #socketPath: string;
  readonly #readers = new Set<Reader>();
  readonly #feeds = new Set<ServerResponse>();
  #server: Server | undefined;

  constructor(folder: string, socketPath: string) {
    this.#folder = folder;
    this.#socketPath = socketPath;
  }

  async start(): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    const server = createServer((request, answer) => void this.#handle(request, answer));
    this.#server = server;
    server.listen(this.#socketPath);
    await once(server, 'listening');
  }

  /** As `kill -9` would: every connection breaks at once. */
  async die(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    this.#readers.clear();
    this.#feeds.clear();
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  get openStreams(): number {
    return this.#readers.size;
  }

  createSession(sessionId: SessionId, epoch = 'epoch-1'): void {
    this.#logs.set(sessionId, { lines: [], state: createSessionState() });
    this.append(sessionId, [{ kind: 'log_opened', epoch, bootId: 'boot', fromSeq: 1, format: 1 }]);
  }

  /** Replaces the log by another one: what a reader knew of it is gone. */
  replaceLog(sessionId: SessionId, epoch: string, bodies: readonly object[]): void {
    this.#logs.set(sessionId, { lines: [], state: createSessionState() });
    this.append(sessionId, [{ kind: 'log_opened', epoch, bootId: 'boot', fromSeq: 1, format: 1 }, ...bodies]);
  }

  append(sessionId: SessionId, bodies: readonly object[]): void {
    const { lines, state } = this.#log(sessionId);
    for (const body of bodies) {
      const line = JSON.stringify({ seq: lines.length + 1, sessionId, at: '2026-01-08T13:11:00.000Z', ...body });
      lines.push(line);
      const event = parseSessionEvent(line);
      if (event !== undefined) reduceSession(state, event);
    }
    for (const reader of this.#readers) if (reader.sessionId === sessionId) this.#pump(reader);
  }

  lines(sessionId: string): string[] {
    return this.#log(sessionId).lines;
  }

  stateOf(sessionId: string): SessionState {
    return this.#log(sessionId).state;
  }

  feed(message: object): void {
    for (const answer of this.#feeds) answer.write(`data: ${JSON.stringify(message)}\n\n`);
  }

  get feeds(): number {
    return this.#feeds.size;
  }

  async #handle(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://host');
    this.requests.push(`${request.method} ${url.pathname}`);
    const [, first, id = '', action, sha256] = url.pathname.split('/');
    if (url.pathname === '/healthz') {
      return json(answer, 200, {
        part: 'konsole',
        hostApiVersion: 1,
        version: '0',
        pid: 1,
        home: '/',
        sessions: 3,
        running: 1,
      });
    }
    if (url.pathname === '/feed') return this.#openFeed(answer);
    if (url.pathname === '/providers') return json(answer, 200, { providers: this.providers });
    if (url.pathname === '/sessions' && request.method === 'POST') {
      const body = await bodyOf(request);
      const made = SessionId.safeParse(body['sessionId']).data;
      if (made !== undefined && !this.#logs.has(made)) this.createSession(made);
      if (made !== undefined) this.projects.set(made, String(body['projectPath']));
      return json(answer, 201, { sessionId: 'new', ...body });
    }
    if (url.pathname === '/sessions' || url.pathname === '/sessions/running')
      return json(answer, 200, { sessions: [...this.projects].map(toRow) });
    if (url.pathname === '/search') return json(answer, 200, { hits: this.hits, nextCursor: null });
    if (first !== 'sessions' || !this.#logs.has(id))
      return json(answer, 404, errorBody('SESSION_NOT_FOUND', 'no such session'));
    if (request.method === 'POST' && action === 'attachments') return this.#store(request, answer);
    if (request.method === 'POST')
      return this.#receive({ name: action ?? '', sessionId: id, body: await bodyOf(request) }, answer);
    if (request.method === 'PATCH') return json(answer, 200, { sessionId: id, ...(await bodyOf(request)) });
    if (action === undefined) return json(answer, 200, { sessionId: id, projectPath: this.projects.get(id) });
    if (action === 'state') return json(answer, 200, toView(id, this.#log(id).state));
    if (action === 'history') return json(answer, 200, toHistory(this.#log(id), url.searchParams));
    if (action === 'events') return this.#page(id, url.searchParams, answer);
    if (action === 'stream') return this.#openStream(id, { request, url, answer });
    const attachment = join(this.#folder, sha256 ?? '');
    if (sha256 === undefined || !existsSync(attachment))
      return json(answer, 404, errorBody('ATTACHMENT_NOT_FOUND', 'no such attachment'));
    answer.end(readFileSync(attachment));
  }

  async #store(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const bytes = await bytesOf(request);
    await this.uploadGate;
    const attachment = createHash('sha256').update(bytes).digest('hex');
    writeFileSync(join(this.#folder, attachment), bytes);
    json(answer, 201, { attachment, byteLength: bytes.length, mimeType: 'image/png' });
  }

  async #receive(command: ReceivedCommand, answer: ServerResponse): Promise<void> {
    this.commands.push(command);
    await this.gate;
    if (this.refuseWith !== undefined)
      return json(answer, this.refuseWith.status, errorBody(this.refuseWith.code, 'refused'));
    json(answer, 202, { commandId: command.body['commandId'], known: false });
  }

  #page(sessionId: string, query: URLSearchParams, answer: ServerResponse): void {
    const all = this.lines(sessionId);
    const limit = Number(query.get('limit') ?? 500);
    const before = query.get('before');
    const after = before === null ? Number(query.get('after') ?? 0) : Math.max(Number(before) - 1 - limit, 0);
    const wanted = before === null ? all.slice(after, after + limit) : all.slice(after, Number(before) - 1);
    let bytes = 0;
    const page = wanted.filter((line, index) => (bytes += line.length) <= MAX_PAGE_BYTES || index === 0);
    const { epochs } = this.#log(sessionId).state;
    answer.writeHead(200, {
      'konui-epoch': epochs.at(-1)?.epoch ?? '',
      'konui-last-seq': String(all.length),
      'konui-more': String(before === null ? after + page.length < all.length : after > 0),
    });
    answer.end(page.map((line) => `${line}\n`).join(''));
  }

  #openStream(
    sessionId: string,
    { request, url, answer }: { request: IncomingMessage; url: URL; answer: ServerResponse },
  ): void {
    const lastId = request.headers['last-event-id'];
    const cursor =
      typeof lastId === 'string' ? parseCursorId(lastId) : { seq: Number(url.searchParams.get('after') ?? 0) };
    const state = this.#log(sessionId).state;
    const verdict = judgeCursor(state, cursor ?? { seq: 0 });
    answer.writeHead(200, { 'content-type': 'text/event-stream' });
    const opened = { sessionId, epoch: state.epochs.at(-1)?.epoch ?? null, lastSeq: state.lastSeq, cursor: verdict };
    answer.write(`event: opened\ndata: ${JSON.stringify(opened)}\n\n`);
    const reader = { sessionId, answer, sent: verdict === 'ok' ? (cursor?.seq ?? 0) : 0 };
    this.#readers.add(reader);
    answer.once('close', () => this.#readers.delete(reader));
    this.#pump(reader);
  }

  #pump(reader: Reader): void {
    const lines = this.lines(reader.sessionId);
    const epoch = this.#log(reader.sessionId).state.epochs.at(-1)?.epoch ?? '';
    const fresh = lines
      .slice(reader.sent)
      .map((line, index) => `id: ${epoch}:${reader.sent + index + 1}\ndata: ${line}\n\n`);
    reader.sent = lines.length;
    if (fresh.length > 0) reader.answer.write(fresh.join(''));
  }

  #openFeed(answer: ServerResponse): void {
    answer.writeHead(200, { 'content-type': 'text/event-stream' });
    answer.write(': \n\n');
    this.#feeds.add(answer);
    answer.once('close', () => this.#feeds.delete(answer));
  }

  #log(sessionId: string): Log {
    const log = this.#logs.get(sessionId);
    if (log === undefined) throw new Error(`no session ${sessionId}`);
    return log;
  }
}

function toRow([sessionId, projectPath]: [string, string]): object {
  return sampleSession({ sessionId: SessionId.parse(sessionId), projectPath, lastSeq: 1 });
}

function toView(sessionId: string, state: SessionState) {
  const { lastSeq, run, pendingPermissions, epochs, queue } = state;
  const epoch = epochs.at(-1)?.epoch ?? null;
  const runId = run?.runId ?? null;
  return { sessionId, epoch, lastSeq, isProcessing: runId !== null, runId, pendingPermissions, queue };
}

/** A page of so many bytes of log lines, none of them merged. */
function toHistory({ lines, state }: Log, query: URLSearchParams) {
  const before = Number(query.get('before') ?? lines.length + 1);
  const maxBytes = Number(query.get('bytes') ?? Infinity);
  let firstSeq = before;
  for (let bytes = 0; firstSeq > 1; firstSeq--) {
    bytes += lines[firstSeq - 2]?.length ?? 0;
    if (bytes > maxBytes && firstSeq < before) break;
  }
  const events: unknown[] = lines.slice(firstSeq - 1, before - 1).map((line) => JSON.parse(line));
  const epoch = state.epochs.at(-1)?.epoch ?? null;
  return { epoch, lastSeq: state.lastSeq, firstSeq, more: firstSeq > 1, events };
}

function errorBody(code: string, message: string) {
  return { error: { code, message } };
}

function json(answer: ServerResponse, status: number, body: object): void {
  answer.writeHead(status, { 'content-type': 'application/json' });
  answer.end(JSON.stringify(body));
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  return JSON.parse((await bytesOf(request)).toString('utf8'));
}
