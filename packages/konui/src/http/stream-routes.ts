import { KonuiError, LIMITS } from '@konui/protocol';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { parseJson } from '../parse-json.ts';
import type { ChatStreams } from '../sockets/chat/stream/chat-streams.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { CLOSED_HEADERS } from './security-headers.ts';

/** The chat gateway for clients without WebSockets (SPEC FB). To be registered before the limit of other bodies. */
export function registerStreamRoutes(app: Hono<HttpEnvironment>, { streams }: { streams: ChatStreams }): void {
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
