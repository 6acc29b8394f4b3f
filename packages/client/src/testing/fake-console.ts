import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConsoleClientMessage, type ConsoleServerMessage, newId, SessionId } from '@konui/protocol';
import type { RawData, WebSocket } from 'ws';
import { FakeServer } from './fake-server.ts';

type MessageOf<Type extends ConsoleClientMessage['type']> = Extract<ConsoleClientMessage, { type: Type }>;

/** What a client sent, and on which of the sockets. */
type Received = ConsoleClientMessage & { readonly socket: number };

interface FakeSocket {
  readonly webSocket: WebSocket;
  /** Ids of the prompts that came on it. */
  readonly own: Set<string>;
}

/** One event of the log: what it says to a client, and whose prompt it is. */
interface FakeEvent {
  readonly messages: readonly ConsoleServerMessage[];
  readonly promptId?: string;
}

/** A console endpoint on a real port that keeps SPEC CON over a log in memory. */
export class FakeConsole extends FakeServer {
  readonly sessionId = newId(SessionId);
  readonly queries: URLSearchParams[] = [];
  readonly received: Received[] = [];
  /** Each image with the number of its socket. */
  readonly images: { readonly bytes: Buffer; readonly socket: number }[] = [];
  epoch = 'epoch-1';
  state: Extract<ConsoleServerMessage, { type: 'status' }>['state'] = 'idle';
  /** What a new socket is told in place of its session. */
  refusal: { code: string; retryable: boolean } | undefined;
  /** Decides what becomes of a message: done, done and the socket cut before any answer, nothing, or an error. */
  onReceived: (message: ConsoleClientMessage) => 'do' | 'do_and_cut' | 'ignore' | { code: string; retryable: boolean } =
    () => 'do';
  #events: FakeEvent[] = [];
  readonly #sockets: FakeSocket[] = [];

  get url(): string {
    return `ws://127.0.0.1:${this.port}/api/console/ws`;
  }

  get lastSeq(): number {
    return this.#events.length;
  }

  /** What the agent has said, piece by piece. */
  get words(): readonly string[] {
    const messages = this.#events.flatMap((event) => event.messages);
    return messages.flatMap((message) => (message.type === 'output' ? [message.content] : []));
  }

  /** Ids of the prompts that were done, in order. */
  get promptIds(): readonly string[] {
    return this.#events.flatMap(({ promptId }) => promptId ?? []);
  }

  get socket(): WebSocket {
    const last = this.#sockets.at(-1);
    if (last === undefined) throw new Error('there is no socket yet');
    return last.webSocket;
  }

  receivedOf<Type extends ConsoleClientMessage['type']>(type: Type): (MessageOf<Type> & { socket: number })[] {
    return this.received.filter((message): message is MessageOf<Type> & { socket: number } => message.type === type);
  }

  /** Adds an event that says this. */
  append(toMessages: (seq: number) => readonly ConsoleServerMessage[], promptId?: string): void {
    const messages = toMessages(this.lastSeq + 1);
    const event = { messages, ...(promptId === undefined ? {} : { promptId }) };
    this.#events.push(event);
    for (const socket of this.#sockets) this.#tell(socket, event);
  }

  says(...words: readonly string[]): void {
    for (const content of words) this.append((seq) => [{ type: 'output', seq, content }]);
  }

  change(state: FakeConsole['state'], about: { id?: string; requestId?: string } = {}): void {
    this.state = state;
    this.append((seq) => [{ type: 'status', seq, state, ...about } as ConsoleServerMessage]);
  }

  /** The log becomes another one. */
  beginEpoch(epoch: string): void {
    this.epoch = epoch;
    this.#events = [];
  }

  send(message: object): void {
    this.#send(this.socket, message);
  }

  protected override answer(_path: string, _request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(404).end();
  }

  protected override accept(webSocket: WebSocket, { searchParams }: URL): void {
    const socket = { webSocket, own: new Set<string>() };
    this.queries.push(searchParams);
    this.#sockets.push(socket);
    const number = this.#sockets.length;
    let imageCount = 0;
    webSocket.on('message', (data: RawData, isBinary: boolean) => {
      const bytes = Buffer.isBuffer(data) ? data : Buffer.alloc(0);
      if (isBinary) {
        this.images.push({ bytes, socket: number });
        this.#store((imageCount += 1), { webSocket, bytes });
      } else {
        const message = ConsoleClientMessage.parse(JSON.parse(bytes.toString()));
        this.received.push({ ...message, socket: number });
        if (!this.isSilent) this.#handle(message, socket);
      }
      this.wake();
    });
    this.#begin(socket, searchParams);
    this.wake();
  }

  #begin(socket: FakeSocket, query: URLSearchParams): void {
    const { webSocket } = socket;
    if (this.refusal !== undefined) {
      this.#send(webSocket, { type: 'error', error: this.refusal.code, ...this.refusal });
      return;
    }
    this.#send(webSocket, { type: 'session', sessionId: this.sessionId, epoch: this.epoch, lastSeq: this.lastSeq });
    const after = Number(query.get('after') ?? this.lastSeq);
    const isGone = (query.get('epoch') ?? this.epoch) !== this.epoch;
    if (isGone) this.#send(webSocket, { type: 'error', code: 'CURSOR_GONE', error: 'gone', retryable: false });
    for (const event of this.#events.slice(isGone ? 0 : after)) this.#tell(socket, event);
    this.#send(webSocket, { type: 'status', seq: this.lastSeq, state: this.state });
  }

  #store(image: number, { webSocket, bytes }: { webSocket: WebSocket; bytes: Buffer }): void {
    const attachment = bytes.toString('hex').padStart(64, '0').slice(-64);
    this.#send(webSocket, { type: 'image_stored', image, attachment, mimeType: 'image/png', byteLength: bytes.length });
  }

  #handle(message: ConsoleClientMessage, socket: FakeSocket): void {
    if (message.type === 'ping') return this.#send(socket.webSocket, { type: 'pong' });
    const verdict = this.onReceived(message);
    if (verdict === 'ignore') return;
    if (typeof verdict === 'object') {
      const about = { ...('id' in message ? { id: message.id } : {}), ...('requestId' in message ? message : {}) };
      return this.#send(socket.webSocket, { ...about, error: verdict.code, ...verdict, type: 'error' });
    }
    if (verdict === 'do_and_cut') this.cut();
    this.#do(message, socket);
  }

  #do(message: Exclude<ConsoleClientMessage, { type: 'ping' }>, socket: FakeSocket): void {
    switch (message.type) {
      case 'prompt': {
        const { id, text } = message;
        this.#send(socket.webSocket, { type: 'accepted', id });
        if (id === undefined || this.promptIds.includes(id)) return;
        socket.own.add(id);
        const origin = { type: 'person' } as const;
        this.append((seq) => [{ type: 'inject_prompt', seq, id, text, origin }], id);
        return this.change('working', { id });
      }
      case 'permission':
        return this.change('working', { requestId: message.requestId });
      case 'cancel':
        return this.change('stopped');
      case 'inject':
        return this.#send(socket.webSocket, { type: 'accepted', idempotencyKey: message.idempotencyKey });
    }
  }

  #tell({ webSocket, own }: FakeSocket, { messages, promptId }: FakeEvent): void {
    if (promptId !== undefined && own.has(promptId)) return;
    for (const message of messages) this.#send(webSocket, message);
  }

  #send(webSocket: WebSocket, message: object): void {
    if (!this.isSilent && webSocket.readyState === 1) webSocket.send(JSON.stringify(message));
  }
}
