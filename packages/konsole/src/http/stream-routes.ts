import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Cursor, KonuiError, parseCursorId } from '@konui/protocol';
import type { Hono } from 'hono';
import { z } from 'zod';
import type { HostEnvironment } from './create-app.ts';
import type { EventStreams } from './event-streams.ts';
import { parseSessionId } from './path-ids.ts';

const StreamQuery = z.object({
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .default(0),
  epoch: z.string().max(64).optional(),
});

export function registerStreamRoutes(app: Hono<HostEnvironment>, streams: EventStreams): void {
  app.get('/sessions/:id/stream', async (context) => {
    const sessionId = parseSessionId(context.req.param('id'));
    const cursor = toCursor(context.req.query(), context.req.header('last-event-id'));
    await streams.open(sessionId, cursor, context.env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
}

/** `Last-Event-ID` wins: a reader that connects again sends it beside the query of its first request. */
function toCursor(query: Record<string, string>, lastEventId: string | undefined): Cursor {
  if (lastEventId === undefined || lastEventId === '') {
    const { after, epoch } = StreamQuery.parse(query);
    return { seq: after, epoch };
  }
  const cursor = parseCursorId(lastEventId);
  if (cursor === undefined) throw new KonuiError('INVALID_MESSAGE', 'Last-Event-ID: must be <epoch>:<seq>');
  return cursor;
}
