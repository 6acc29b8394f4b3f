import type { ServerResponse } from 'node:http';
import { CLOSE_CODES, KonuiError } from '@konui/protocol';
import type { Identity } from '../../../identity.ts';
import type { Heartbeat } from '../../heartbeat.ts';
import type { OpenClients } from '../../open-clients.ts';
import { toKonuiError } from '../../to-konui-error.ts';
import { type ChatDependencies, type OpenChat, openChat } from '../open-chat.ts';
import { SseTransport } from './sse-transport.ts';

/** Frames of one client that are being worked on; beyond this many the next waits for its 202. */
const MAX_IN_WORK = 32;
/** Frames that wait so; beyond it TOO_MANY. A client that sends one after the other never comes near. */
const MAX_WAITING = 32;

export interface ChatStreamsDependencies extends ChatDependencies {
  readonly heartbeat: Heartbeat;
  readonly openClients: OpenClients;
  readonly createId: () => string;
}

interface OpenStream {
  readonly identity: Identity;
  readonly chat: OpenChat;
  readonly heard: () => void;
  readonly inWork: Set<Promise<void>>;
  waiting: number;
}

/** The fallback for clients that cannot open a WebSocket (SPEC FB): frames come by POST, answers and events by SSE. */
export class ChatStreams {
  readonly #dependencies: ChatStreamsDependencies;
  readonly #open = new Map<string, OpenStream>();

  constructor(dependencies: ChatStreamsDependencies) {
    this.#dependencies = dependencies;
  }

  /** Throws TOO_MANY, before anything is sent. */
  open(identity: Identity, { answer, headers, sessions }: StreamRequest): void {
    const { heartbeat, openClients, createId, log } = this.#dependencies;
    openClients.checkRoom(identity);
    const connectionId = createId();
    answer.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream',
      // A proxy that compresses or collects would hold events back.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      connection: 'close',
    });
    const transport = new SseTransport(answer);
    const { heard, stop } = heartbeat.watch({
      ping: () => transport.ping(),
      onStale: () => transport.close(CLOSE_CODES.stale, 'nothing heard for too long'),
    });
    const context = { connectionId, path: '/api/stream', ...identity };
    log.info(context, 'stream opened');
    const chat = openChat({ connectionId, identity, transport }, this.#dependencies);
    const remove = openClients.add({
      identity,
      sayFarewell: (farewell) => chat.sayFarewell(farewell),
      close: (code, reason) => transport.close(code, reason),
    });
    const stream = { identity, chat, heard, inWork: new Set<Promise<void>>(), waiting: 0 };
    this.#open.set(connectionId, stream);
    answer.on('error', (error) => log.info({ connectionId, reason: error.message }, 'stream failed'));
    answer.once('close', () => {
      stop();
      remove();
      this.#open.delete(connectionId);
      chat.onClosed();
      log.info(context, 'stream closed');
    });
    if (sessions !== undefined) this.#work(stream, Buffer.from(JSON.stringify({ type: 'chat.subscribe', sessions })));
  }

  /**
   * Takes a frame; what becomes of it is told on the stream. Throws NOT_FOUND where this sender has no such stream,
   * and TOO_MANY.
   */
  async receive(connectionId: string, sender: Identity, bytes: Buffer): Promise<void> {
    const stream = this.#find(connectionId, sender);
    if (stream.waiting >= MAX_WAITING) {
      throw new KonuiError('TOO_MANY', 'too many frames of this stream wait to be handled; send it again later');
    }
    stream.waiting += 1;
    while (stream.inWork.size >= MAX_IN_WORK) await Promise.race(stream.inWork);
    stream.waiting -= 1;
    this.#work(stream, bytes);
  }

  /** Tells the client of a frame that was not read because of its size. Throws NOT_FOUND as `receive`. */
  refuse(connectionId: string, sender: Identity, error: KonuiError): void {
    this.#find(connectionId, sender).chat.sendError(error);
  }

  #find(connectionId: string, { tokenId, user }: Identity): OpenStream {
    const stream = this.#open.get(connectionId);
    // Another's stream is none: its id must not even be confirmed.
    if (stream === undefined || stream.identity.tokenId !== tokenId || stream.identity.user !== user) {
      throw new KonuiError('NOT_FOUND', 'there is no such stream; open another one');
    }
    stream.heard();
    return stream;
  }

  #work({ chat, inWork }: OpenStream, bytes: Buffer): void {
    const work = chat
      .receive(bytes)
      .catch((error: unknown) => {
        this.#dependencies.log.error({ err: error }, 'a frame could not be handled');
        chat.sendError(toKonuiError(error));
      })
      .then(() => void inWork.delete(work));
    inWork.add(work);
  }
}

export interface StreamRequest {
  readonly answer: ServerResponse;
  /** That every answer of the gateway has. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of a first chat.subscribe, as the client sent them. */
  readonly sessions: unknown;
}
