import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  ClientFrame,
  type CursorVerdict,
  HEARTBEAT,
  judgeCursor,
  type SessionEvent,
  type SessionInfo,
} from '@konui/protocol';
import type { WebSocket } from 'ws';
import { FakeServer } from './fake-server.ts';

/** One client: a WebSocket, or a stream with requests beside it. */
interface FakeSocket {
  readonly isOpen: () => boolean;
  send(text: string): void;
  close(code?: number): void;
}

type Received = ClientFrame & { socket: FakeSocket };

/** A gateway on a real port that keeps SPEC GW over logs in memory, and fails in the ways that a test asks for. */
export class FakeGateway extends FakeServer {
  readonly received: Received[] = [];
  readonly sockets: FakeSocket[] = [];
  readonly #streams = new Map<string, FakeSocket>();
  /** Status of the answers to posted frames; undefined takes them. */
  refusePostsWith: number | undefined;
  /** Decides what becomes of a command: acknowledged and done, done without acknowledgement, or an error frame. */
  onCommand: (frame: ClientFrame) => 'accept' | 'lose_ack' | { code: string; retryable: boolean } = () => 'accept';
  /** Events for which this is true are not sent. */
  loses: (event: SessionEvent) => boolean = () => false;
  /** What REST says of the sessions. */
  sessions: readonly SessionInfo[] = [];
  readonly #logs = new Map<string, SessionEvent[]>();
  readonly #subscribed = new Map<FakeSocket, Set<string>>();
  readonly #latest = new Map<string, object>();
  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  framesOf<Type extends ClientFrame['type']>(type: Type): Extract<Received, { type: Type }>[] {
    return this.received.filter((frame): frame is Extract<Received, { type: Type }> => frame.type === type);
  }

  log(sessionId: string): SessionEvent[] {
    const log = this.#logs.get(sessionId) ?? [];
    this.#logs.set(sessionId, log);
    return log;
  }

  /** Begins an epoch in place of everything after `keep` events. */
  beginEpoch(sessionId: string, epoch: string, keep = 0): void {
    this.log(sessionId).length = keep;
    this.append(sessionId, { kind: 'log_opened', epoch, bootId: epoch, fromSeq: keep + 1, format: 1 });
  }

  append(sessionId: string, body: { kind: string; [field: string]: unknown }): SessionEvent {
    const log = this.log(sessionId);
    const event: SessionEvent = { seq: log.length + 1, sessionId, at: '2026-01-08T13:11:00.000Z', ...body };
    log.push(event);
    for (const [socket, sessions] of this.#subscribed) if (sessions.has(sessionId)) this.#sendEvent(socket, event);
    return event;
  }

  broadcast(frame: { kind: string; [field: string]: unknown }): void {
    for (const socket of this.sockets) socket.send(JSON.stringify(frame));
  }

  protected override answer(path: string, request: IncomingMessage, response: ServerResponse): void {
    if (path.startsWith('/api/stream')) {
      void this.#handleStream(path, request, response);
      return;
    }
    const answer = this.#answer(path);
    response
      .writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer));
  }

  #answer(path: string): unknown {
    const list = '/api/providers/sessions';
    if (path === list) return { sessions: this.sessions };
    if (path === `${list}/running`) return { sessions: this.sessions.filter(({ status }) => status !== 'idle') };
    return this.sessions.find(({ sessionId }) => path === `${list}/${sessionId}`);
  }

  protected override accept(webSocket: WebSocket): void {
    const socket: FakeSocket = {
      isOpen: () => webSocket.readyState === 1,
      send: (text) => webSocket.send(text),
      close: (code) => webSocket.close(code),
    };
    webSocket.on('close', () => this.#subscribed.delete(socket));
    webSocket.on('message', (data: Buffer) => this.#receive(socket, data.toString()));
    this.#accept(socket, randomUUID());
  }

  async #handleStream(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.wake();
    const [, , , connectionId] = path.split('/');
    if (connectionId === undefined) {
      if (this.infoStatus !== 200) response.writeHead(this.infoStatus).end();
      else this.#acceptStream(response);
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const socket = this.#streams.get(connectionId);
    const status = this.refusePostsWith ?? (socket === undefined ? 404 : 202);
    response.writeHead(status).end();
    if (socket !== undefined && status === 202) this.#receive(socket, Buffer.concat(chunks).toString());
  }

  #acceptStream(response: ServerResponse): void {
    const connectionId = randomUUID();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const socket: FakeSocket = {
      isOpen: () => !response.writableEnded && !response.destroyed,
      send: (text) => response.write(`data: ${text}\n\n`),
      close: (code) => response.end(`event: close\ndata: ${JSON.stringify({ code, reason: '' })}\n\n`),
    };
    this.#streams.set(connectionId, socket);
    response.on('close', () => {
      this.#streams.delete(connectionId);
      this.#subscribed.delete(socket);
      this.wake();
    });
    this.#accept(socket, connectionId);
  }

  get openStreams(): number {
    return this.#streams.size;
  }

  #accept(socket: FakeSocket, connectionId: string): void {
    this.sockets.push(socket);
    this.#subscribed.set(socket, new Set());
    this.#send(socket, {
      kind: 'server_hello',
      connectionId,
      protocolVersion: 1,
      serverVersion: '0',
      buildId: 'b',
      heartbeat: { ...HEARTBEAT },
      limits: { maxFrameBytes: 1_000_000 },
    });
    this.wake();
  }

  #receive(socket: FakeSocket, text: string): void {
    const frame = ClientFrame.parse(JSON.parse(text));
    this.received.push({ ...frame, socket });
    if (!this.isSilent) this.#handle(socket, frame);
    this.wake();
  }

  #handle(socket: FakeSocket, frame: ClientFrame): void {
    switch (frame.type) {
      case 'ping':
        return this.#send(socket, { kind: 'pong' });
      case 'chat.subscribe':
        for (const { sessionId, lastSeq, epoch } of frame.sessions) {
          this.#subscribe(socket, sessionId, { seq: lastSeq, epoch });
        }
        return;
      case 'client.visibility':
        return;
      case 'chat.unsubscribe':
        for (const { sessionId } of frame.sessions) this.#subscribed.get(socket)?.delete(sessionId);
        return;
      case 'chat.send':
      case 'chat.abort':
      case 'chat.permission-response':
      case 'chat.elicitation-response':
      case 'chat.prepare':
      case 'chat.configure':
      case 'chat.queue': {
        const commandId = frame.type === 'chat.send' ? frame.clientMessageId : frame.commandId;
        const verdict = this.onCommand(frame);
        if (typeof verdict === 'object') {
          return this.#send(socket, {
            kind: 'protocol_error',
            error: verdict.code,
            ...verdict,
            sessionId: frame.sessionId,
            commandId,
          });
        }
        if (verdict === 'accept') this.#send(socket, { kind: 'chat_accepted', sessionId: frame.sessionId, commandId });
        if (
          frame.type === 'chat.send' &&
          !this.log(frame.sessionId).some((event) => event['commandId'] === commandId)
        ) {
          this.append(frame.sessionId, {
            kind: 'prompt',
            commandId,
            promptId: commandId,
            origin: { type: 'person' },
            content: frame.content,
          });
        }
      }
    }
  }

  /** Answers a turn later, as one that asks a host first; a subscribe that is replaced before gets no answer. */
  #subscribe(socket: FakeSocket, sessionId: string, cursor: { seq: number; epoch: string | undefined }): void {
    const turn = {};
    this.#latest.set(sessionId, turn);
    this.#subscribed.get(socket)?.delete(sessionId);
    setImmediate(() => {
      if (this.#latest.get(sessionId) === turn) this.#begin(socket, sessionId, cursor);
    });
  }

  #begin(socket: FakeSocket, sessionId: string, cursor: { seq: number; epoch: string | undefined }): void {
    const log = this.log(sessionId);
    const epochs = log.flatMap((event) =>
      event.kind === 'log_opened' ? [{ epoch: String(event['epoch']), bootId: '', fromSeq: event.seq }] : [],
    );
    const verdict: CursorVerdict = judgeCursor({ epochs, lastSeq: log.length }, cursor);
    this.#subscribed.get(socket)?.add(sessionId);
    this.#send(socket, {
      kind: 'chat_subscribed',
      sessionId,
      epoch: epochs.at(-1)?.epoch ?? null,
      lastSeq: log.length,
      cursor: verdict,
      isProcessing: false,
      pendingPermissions: [],
    });
    for (const event of log.slice(verdict === 'ok' ? cursor.seq : 0)) this.#sendEvent(socket, event);
    this.#send(socket, { kind: 'chat_caught_up', sessionId, seq: log.length });
  }

  #sendEvent(socket: FakeSocket, event: SessionEvent): void {
    if (!this.loses(event)) this.#send(socket, event);
  }

  #send(socket: FakeSocket, value: unknown): void {
    if (!this.isSilent && socket.isOpen()) socket.send(JSON.stringify(value));
  }
}
