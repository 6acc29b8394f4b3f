import { CreateSessionRequest, SessionChange, SessionId, Sha256 } from '@konui/protocol';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Authorization } from '../access/authorization.ts';
import type { AgentHost } from '../host.ts';
import { serveAttachment } from './attachment.ts';
import { toEventsAnswer } from './events-answer.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { parseBody, parseWith } from './json-body.ts';
import { toResponse } from './to-response.ts';

const count = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);
export const EventsQuery = z.object({ after: count.optional(), before: count.optional(), limit: count.optional() });

/** `/api/providers…`: agents, and the sessions with them. */
export function registerSessionRoutes(
  app: Hono<HttpEnvironment>,
  { host, authorization, log }: { host: AgentHost; authorization: Authorization; log: Logger },
): void {
  app.get('/api/providers', async () => toResponse(await host.providers()));
  app.get('/api/providers/sessions', async () => toResponse(await host.sessions()));
  app.get('/api/providers/sessions/running', async () => toResponse(await host.runningSessions()));
  app.get('/api/providers/sessions/:id', async (context) =>
    toResponse(await host.session(parseWith(SessionId, context.req.param('id')))),
  );

  app.post('/api/providers/sessions', async (context) => {
    const request = await parseBody(context, CreateSessionRequest);
    authorization.checkProject(context.get('identity'), request.projectPath);
    const answer = await host.createSession(request);
    const { provider, sessionId } = request;
    log.info({ ...context.get('identity'), provider, sessionId, status: answer.status }, 'session created');
    return toResponse(answer);
  });

  app.patch('/api/providers/sessions/:id', async (context) => {
    const sessionId = parseWith(SessionId, context.req.param('id'));
    const change = await parseBody(context, SessionChange);
    const answer = await host.changeSession(sessionId, change);
    log.info({ ...context.get('identity'), sessionId, changed: Object.keys(change) }, 'session changed');
    return toResponse(answer);
  });

  app.delete('/api/providers/sessions/:id', async (context) => {
    const sessionId = parseWith(SessionId, context.req.param('id'));
    const answer = await host.removeSession(sessionId);
    log.info({ ...context.get('identity'), sessionId }, 'session removed');
    return toResponse(answer);
  });

  app.get('/api/providers/sessions/:id/events', async (context) => {
    const sessionId = parseWith(SessionId, context.req.param('id'));
    const { after, before, limit } = context.req.query();
    const page = await host.events(sessionId, parseWith(EventsQuery, { after, before, limit }));
    return new Response(toEventsAnswer(sessionId, page), { headers: { 'content-type': 'application/json' } });
  });

  app.get('/api/providers/sessions/:id/attachments/:sha256', async (context) => {
    const sessionId = parseWith(SessionId, context.req.param('id'));
    return serveAttachment(await host.attachment(sessionId, parseWith(Sha256, context.req.param('sha256'))));
  });
}
