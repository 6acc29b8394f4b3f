import { CreateSessionRequest, type SessionId, type SessionInfo, type SessionStateView } from '@konui/protocol';
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
  app.get('/sessions/:id/state', async (context) =>
    context.json(await sessions.state(parseSessionId(context.req.param('id')))),
  );
}
