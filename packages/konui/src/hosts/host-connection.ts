import { Readable } from 'node:stream';
import { isErrorCode, KonuiError } from '@konui/protocol';
import { Agent } from 'undici';
import type { Dispatcher } from 'undici';
import { RESEND_FOR_MS, resendCommand } from './resend-command.ts';

/** A host on the same machine accepts at once; one that does not is stopped or overloaded. */
const CONNECT_TIMEOUT_MS = 5000;
/** Until the head of an answer: creating a session may have to look for an agent on the disk. */
const HEADERS_TIMEOUT_MS = 30_000;
/** The same where a person may have to do something meanwhile, such as signing in to an agent (at most five minutes). */
const SLOW_TIMEOUT_MS = 6 * 60_000;
/** Requests beyond this many at a time wait: each may bring a page of a megabyte. */
const MAX_REQUESTS = 16;
const MAX_ERROR_BYTES = 64 * 1024;

export interface HostRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** A body that is no JSON, passed on as it comes. */
  readonly bytes?: AsyncIterable<Uint8Array>;
  /** It may take minutes, so that it gets a connection of its own. */
  readonly isSlow?: boolean;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/**
 * HTTP to konsole's unix socket. Streams have connections of their own, so that any number of them leaves room for
 * requests.
 */
export class HostConnection {
  readonly #requests: Agent;
  readonly #streams: Agent;
  readonly #resendForMs: number;
  readonly #closed = new AbortController();

  constructor(socketPath: string, resendForMs = RESEND_FOR_MS) {
    this.#resendForMs = resendForMs;
    const connect = { socketPath, timeout: CONNECT_TIMEOUT_MS };
    this.#requests = new Agent({ connect, connections: MAX_REQUESTS, headersTimeout: HEADERS_TIMEOUT_MS });
    // A stream is silent for as long as nothing happens; a host that dies closes its sockets.
    this.#streams = new Agent({ connect, headersTimeout: HEADERS_TIMEOUT_MS, bodyTimeout: 0 });
  }

  /** Resolves with a successful answer; throws the host's own error, or HOST_UNREACHABLE. */
  async request(request: HostRequest): Promise<Dispatcher.ResponseData> {
    return this.#send(request.isSlow === true ? this.#streams : this.#requests, request);
  }

  async openStream(request: HostRequest): Promise<Dispatcher.ResponseData> {
    return this.#send(this.#streams, request);
  }

  /** The whole answer. A host that dies in the middle of it is as unreachable as one that was not there. */
  async read(request: HostRequest): Promise<{ answer: Dispatcher.ResponseData; body: Buffer }> {
    const answer = await this.request(request);
    try {
      return { answer, body: Buffer.from(await answer.body.arrayBuffer()) };
    } catch (error) {
      throw unreachable(error);
    }
  }

  /** Reads the answer of a command, which is sent again while its answer is lost: under its id the host does it once. */
  async readCommand(request: HostRequest): Promise<{ answer: Dispatcher.ResponseData; body: Buffer }> {
    const send = (signal?: AbortSignal) => this.read(signal === undefined ? request : { ...request, signal });
    return resendCommand(send, { forMs: this.#resendForMs, closed: this.#closed.signal });
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await Promise.all([this.#requests.destroy(), this.#streams.destroy()]);
  }

  async #send(
    agent: Agent,
    { method = 'GET', path, body, bytes, isSlow, headers, signal }: HostRequest,
  ): Promise<Dispatcher.ResponseData> {
    let answer: Dispatcher.ResponseData;
    try {
      answer = await agent.request({
        origin: 'http://konsole',
        method,
        path,
        headers: body === undefined ? { ...headers } : { ...headers, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(bytes === undefined ? {} : { body: Readable.from(bytes, { objectMode: false }) }),
        ...(isSlow === true ? { headersTimeout: SLOW_TIMEOUT_MS } : {}),
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (error) {
      // The sender's own end of the bytes broke, or they are too many.
      throw error instanceof KonuiError ? error : unreachable(error);
    }
    if (answer.statusCode < 300) return answer;
    throw await toKonuiError(answer);
  }
}

function unreachable(cause: unknown): KonuiError {
  return new KonuiError(
    'HOST_UNREACHABLE',
    'the agent host does not answer; if it does not come back by itself: konui restart',
    {
      cause,
    },
  );
}

async function toKonuiError(answer: Dispatcher.ResponseData): Promise<KonuiError> {
  const unclear = new KonuiError('INTERNAL_ERROR', `the agent host answered with status ${answer.statusCode}`);
  try {
    const text = await answer.body.text();
    if (text.length > MAX_ERROR_BYTES) return unclear;
    const body: unknown = JSON.parse(text);
    const error = isRecord(body) && isRecord(body['error']) ? body['error'] : {};
    const { code, message } = error;
    return isErrorCode(code) && typeof message === 'string' ? new KonuiError(code, message) : unclear;
  } catch (error) {
    return error instanceof SyntaxError ? unclear : unreachable(error);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
