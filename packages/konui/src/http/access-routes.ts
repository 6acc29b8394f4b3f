import { KonuiError } from '@konui/protocol';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Identity } from '../identity.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { parseBody } from './json-body.ts';

const NewAccessToken = z.object({ name: z.string().trim().min(1).max(200) });

export interface AccessRoutes {
  readonly tokens: {
    create(name: string): { id: string; token: string };
    list(): readonly object[];
    revoke(id: string): boolean;
  };
  readonly tickets: { create(identity: Identity): { ticket: string; expiresInMs: number } };
  readonly log: Logger;
}

/** Who one is, tickets for sockets and images, and the access tokens. */
export function registerAccessRoutes(app: Hono<HttpEnvironment>, { tokens, tickets, log }: AccessRoutes): void {
  app.get('/api/me', (context) => context.json(context.get('identity')));

  app.post('/api/tickets', (context) => context.json(tickets.create(context.get('identity')), 201));

  app.get('/api/access-tokens', (context) => context.json({ accessTokens: tokens.list() }));

  app.post('/api/access-tokens', async (context) => {
    const { name } = await parseBody(context, NewAccessToken);
    const created = tokens.create(name);
    log.info({ ...context.get('identity'), createdTokenId: created.id }, 'access token created');
    return context.json(created, 201);
  });

  app.delete('/api/access-tokens/:id', (context) => {
    const id = context.req.param('id');
    if (!tokens.revoke(id)) throw new KonuiError('NOT_FOUND', 'there is no such access token');
    log.info({ ...context.get('identity'), revokedTokenId: id }, 'access token revoked');
    return context.body(null, 204);
  });
}
