import {
  CreateSessionRequest,
  SessionChange,
  type SessionId,
  type SessionInfo,
  type SessionStateView,
} from '@konui/protocol';
import type { Hono } from 'hono';
import type { HostEnvironment } from './create-app.ts';
import { parseJsonBody } from './json-body.ts';
import { parseSessionId } from './path-ids.ts';

export interface SessionRoutes {
  readonly sessions: {
    create(request: CreateSessionRequest): Promise<{ session: SessionInfo; isNew: boolean }>;
    get(sessionId: SessionId): SessionInfo;
    list(): SessionInfo[];
    listRunning(): SessionInfo[];
    state(sessionId: SessionId): Promise<SessionStateView>;
    change(sessionId: SessionId, change: SessionChange): SessionInfo;
    /** On return the wish is on the disk. */
    delete(sessionId: SessionId): void;
  };
}

export function registerSessionRoutes(app: Hono<HostEnvironment>, { sessions }: SessionRoutes): void {
  app.get('/sessions', (context) => context.json({ sessions: sessions.list() }));
  app.post('/sessions', async (context) => {
    const { session, isNew } = await sessions.create(await parseJsonBody(context.env.incoming, CreateSessionRequest));
    return context.json(session, isNew ? 201 : 200);
  });
  app.get('/sessions/running', (context) => context.json({ sessions: sessions.listRunning() }));
  app.get('/sessions/:id', (context) => context.json(sessions.get(parseSessionId(context.req.param('id')))));
  app.patch('/sessions/:id', async (context) => {
    const sessionId = parseSessionId(context.req.param('id'));
    return context.json(sessions.change(sessionId, await parseJsonBody(context.env.incoming, SessionChange)));
  });
  app.delete('/sessions/:id', (context) => {
    const sessionId = parseSessionId(context.req.param('id'));
    sessions.delete(sessionId);
    return context.json({ sessionId });
  });
  app.get('/sessions/:id/state', async (context) =>
    context.json(await sessions.state(parseSessionId(context.req.param('id')))),
  );
}
