import { SearchQuery, SessionId } from '@konui/protocol';
import type { Hono } from 'hono';
import { z } from 'zod';
import type { AgentHost } from '../host.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { parseWith } from './json-body.ts';
import { toResponse } from './to-response.ts';

const count = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);
const HistoryQuery = z.object({ before: count.optional(), bytes: count.optional() });

/** Pages of a session's history (SPEC HIST), and the search over all of them (SPEC SRCH). */
export function registerHistoryRoutes(app: Hono<HttpEnvironment>, { host }: { host: AgentHost }): void {
  app.get('/api/providers/sessions/:id/history', async (context) => {
    const sessionId = parseWith(SessionId, context.req.param('id'));
    const { before, bytes } = context.req.query();
    return toResponse(await host.history(sessionId, parseWith(HistoryQuery, { before, bytes })));
  });

  app.get('/api/search', async (context) => {
    const query = context.req.query();
    // Here too, so that what is wrong with it is said where it was asked.
    parseWith(SearchQuery, query);
    return toResponse(await host.search(query));
  });
}
