import { HISTORY_PAGE_BYTES, type HistoryAnswer, MAX_HISTORY_PAGE_BYTES, type SessionId } from '@konui/protocol';
import type { Hono } from 'hono';
import { z } from 'zod';
import type { HostEnvironment } from './create-app.ts';
import { parseSessionId } from './path-ids.ts';

export interface HistoryRoutes {
  readonly historyPages: {
    readMerged(sessionId: SessionId, page: { before?: number; bytes: number }): Promise<HistoryAnswer>;
  };
}

const count = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);
const HistoryQuery = z.object({ before: count.optional(), bytes: count.default(HISTORY_PAGE_BYTES) });

export function registerHistoryRoutes(app: Hono<HostEnvironment>, { historyPages }: HistoryRoutes): void {
  app.get('/sessions/:id/history', async (context) => {
    const sessionId = parseSessionId(context.req.param('id'));
    const { before, bytes } = HistoryQuery.parse(context.req.query());
    const page = { bytes: Math.min(bytes, MAX_HISTORY_PAGE_BYTES), ...(before === undefined ? {} : { before }) };
    return context.json(await historyPages.readMerged(sessionId, page));
  });
}
