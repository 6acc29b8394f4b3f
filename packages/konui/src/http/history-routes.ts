import { SearchQuery, SessionId } from '@konui/protocol';
import type { Hono } from 'hono';
import { z } from 'zod';
import type { BoundSession } from '../access/access.ts';
import type { Authorization } from '../access/authorization.ts';
import type { AgentHost } from '../host.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { parseWith } from './json-body.ts';
import { searchVisible } from './search-visible.ts';
import { toResponse } from './to-response.ts';

const count = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);
export const HistoryQuery = z.object({ before: count.optional(), bytes: count.optional() });

/** Pages of a session's history (SPEC HIST), and the search over all of them (SPEC SRCH). */
export function registerHistoryRoutes(
  app: Hono<HttpEnvironment>,
  { host, authorization }: { host: AgentHost; authorization: Authorization },
): void {
  app.get('/api/providers/sessions/:id/history', async (context) => {
    const sessionId = parseWith(SessionId, context.req.param('id'));
    const { before, bytes } = context.req.query();
    return toResponse(await host.history(sessionId, parseWith(HistoryQuery, { before, bytes })));
  });

  app.get('/api/search', async (context) => {
    const query = context.req.query();
    // Here too, so that what is wrong with it is said where it was asked.
    const { limit } = parseWith(SearchQuery, query);
    const identity = context.get('identity');
    if (authorization.isBound(identity)) {
      const sees = (session: BoundSession): boolean => authorization.covers(identity, session);
      return context.json(await searchVisible(host, query, { limit, sees }));
    }
    return toResponse(await host.search(query));
  });
}
