import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { KonuiError, LIMITS } from '@konui/protocol';
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Identity } from '../identity.ts';
import { parseJson } from '../parse-json.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { CLOSED_HEADERS } from './security-headers.ts';

/** What the routes ask of the chat gateway. */
export interface StreamRoutes {
  readonly streams: {
    /** Writes the answer's head and all that follows. Throws TOO_MANY before. */
    open(identity: Identity, request: StreamRequest): void;
    /** Takes a frame. Throws NOT_FOUND where this sender has no such stream, and TOO_MANY. */
    receive(connectionId: string, sender: Identity, frame: Buffer): Promise<void>;
    /** Tells a stream's client of a frame that was not read. Throws NOT_FOUND. */
    refuse(connectionId: string, sender: Identity, error: KonuiError): void;
  };
}

interface StreamRequest {
  readonly answer: ServerResponse;
  /** That every answer of the gateway has. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of a first chat.subscribe, as the client sent them. */
  readonly sessions: unknown;
}

/** The chat gateway for clients without WebSockets (SPEC FB). To be registered before the limit of other bodies. */
export function registerStreamRoutes(app: Hono<HttpEnvironment>, { streams }: StreamRoutes): void {
  app.get('/api/stream', (context) => {
    // A HEAD would be answered as a GET whose body nobody sees, and never end.
    if (context.env.incoming.method !== 'GET') throw new KonuiError('NOT_FOUND', 'a stream is opened with GET');
    const subscribe = context.req.query('subscribe');
    const sessions = subscribe === undefined ? undefined : parseJson(Buffer.from(subscribe));
    // Straight to Node's answer: only there it can be seen how much a client has not read.
    streams.open(context.get('identity'), { answer: context.env.outgoing, headers: CLOSED_HEADERS, sessions });
    return RESPONSE_ALREADY_SENT;
  });

  const limitFrame = bodyLimit({
    maxSize: LIMITS.maxFrameBytes,
    onError(context) {
      const error = new KonuiError('FRAME_TOO_LARGE', `a frame may have at most ${LIMITS.maxFrameBytes} bytes`);
      streams.refuse(context.req.param('connectionId') ?? '', context.get('identity'), error);
      throw error;
    },
  });
  app.post('/api/stream/:connectionId/frames', limitFrame, async (context) => {
    const bytes = Buffer.from(await context.req.arrayBuffer());
    await streams.receive(context.req.param('connectionId'), context.get('identity'), bytes);
    return context.body(null, 202);
  });
}
