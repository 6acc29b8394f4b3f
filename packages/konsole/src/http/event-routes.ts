import { EVENTS_HEADERS, KonuiError, type SessionId } from '@konui/protocol';
import type { Hono } from 'hono';
import { z } from 'zod';
import type { HostEnvironment } from './create-app.ts';
import { parseSessionId } from './path-ids.ts';

const DEFAULT_EVENTS = 500;
const MAX_EVENTS = 5000;

/** Which part of a log is wanted: the lines above `after`, or those just below `before`. */
export type HistoryWindow = { readonly limit: number } & ({ readonly after: number } | { readonly before: number });

export interface HistoryPage {
  /** Whole log lines. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly epoch: string | null;
  readonly lastSeq: number;
  /** Whether there is more in the direction of reading. */
  readonly hasMore: boolean;
}

export interface EventRoutes {
  readonly history: { read(sessionId: SessionId, window: HistoryWindow): Promise<HistoryPage> };
}

const count = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);
const EventsQuery = z
  .object({ after: count.optional(), before: count.optional(), limit: count.default(DEFAULT_EVENTS) })
  .refine((query) => query.after === undefined || query.before === undefined, {
    message: 'takes after or before, not both',
  });

export function registerEventRoutes(app: Hono<HostEnvironment>, { history }: EventRoutes): void {
  app.get('/sessions/:id/events', async (context) => {
    const sessionId = parseSessionId(context.req.param('id'));
    const page = await history.read(sessionId, toWindow(EventsQuery.parse(context.req.query())));
    const headers: Record<string, string> = {
      'content-type': 'application/x-ndjson',
      [EVENTS_HEADERS.lastSeq]: String(page.lastSeq),
      [EVENTS_HEADERS.more]: String(page.hasMore),
    };
    if (page.epoch !== null) headers[EVENTS_HEADERS.epoch] = page.epoch;
    return context.body(page.bytes, 200, headers);
  });
}

function toWindow({ after = 0, before, limit }: z.infer<typeof EventsQuery>): HistoryWindow {
  if (limit === 0) throw new KonuiError('INVALID_MESSAGE', 'limit: must be at least 1');
  const capped = Math.min(limit, MAX_EVENTS);
  return before === undefined ? { after, limit: capped } : { before, limit: capped };
}
