import { AccessRight, KonuiError, SessionId } from '@konui/protocol';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import type { AccessToken, AccessTokens } from '../access/access-tokens.ts';
import type { Authorization } from '../access/authorization.ts';
import type { Identity } from '../identity.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { parseBody, parseWith } from './json-body.ts';

/** What is left out is as the token that asks has it. */
export const NewAccessToken = z.object({
  name: z.string().trim().min(1).max(200),
  rights: z.array(AccessRight).min(1).optional(),
  sessionIds: z.array(SessionId).max(100).optional(),
  projectPaths: z.array(z.string().min(1).max(4096)).max(100).optional(),
  needsReview: z.boolean().optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});
export const Revocation = z.object({ force: z.stringbool().optional() });

export interface AccessRoutes {
  readonly tokens: Pick<AccessTokens, 'create' | 'get' | 'list' | 'isLastFull' | 'revoke'>;
  readonly tickets: { create(identity: Identity): { ticket: string; expiresInMs: number } };
  readonly authorization: Authorization;
  readonly sessions: { find(sessionId: SessionId): Promise<unknown> };
  readonly now: () => Date;
  readonly log: Logger;
}

/** Who one is, tickets for sockets and images, and the access tokens. */
export function registerAccessRoutes(app: Hono<HttpEnvironment>, routes: AccessRoutes): void {
  const { tokens, tickets, authorization, log } = routes;
  /** Whoever may make tokens sees and takes those that may do no more than their own. */
  const isWithin = (identity: Identity, { rights, sessionIds, projectPaths }: AccessToken): boolean => {
    const bounds = sessionIds === undefined || projectPaths === undefined ? undefined : { sessionIds, projectPaths };
    return authorization.mayGive(identity, {
      rights: new Set(AccessRight.options.filter((right) => rights.includes(right))),
      bounds,
    });
  };

  app.get('/api/me', (context) => {
    const identity = context.get('identity');
    const { rights, bounds } = authorization.accessOf(identity);
    const own = identity.tokenId === undefined ? undefined : tokens.get(identity.tokenId);
    return context.json({
      ...identity,
      ...(own === undefined ? {} : { name: own.name }),
      rights: [...rights],
      ...bounds,
      expiresAt: own?.expiresAt ?? null,
    });
  });

  app.post('/api/tickets', (context) => context.json(tickets.create(context.get('identity')), 201));

  app.get('/api/access-tokens', (context) => {
    const identity = context.get('identity');
    const visible = tokens.list().filter((token) => token.id === identity.tokenId || isWithin(identity, token));
    return context.json({
      accessTokens: visible.map((token) => ({ ...token, isOwn: token.id === identity.tokenId })),
    });
  });

  app.post('/api/access-tokens', async (context) => {
    const identity = context.get('identity');
    const { name, expiresAt, ...limits } = await parseBody(context, NewAccessToken);
    // A session's project has to be known before it can be said whether the session lies in it.
    await Promise.all((limits.sessionIds ?? []).map((sessionId) => routes.sessions.find(sessionId)));
    const access = toAccess(limits, authorization.accessOf(identity));
    if (!authorization.mayGive(identity, access)) {
      throw new KonuiError('FORBIDDEN', 'an access token cannot make one that may do more than itself');
    }
    const created = tokens.create(name, { access, expiresAt: toExpiry(expiresAt, ownExpiry(identity), routes.now()) });
    log.info({ ...identity, createdTokenId: created.id }, 'access token created');
    return context.json(created, 201);
  });

  app.delete('/api/access-tokens/:id', (context) => {
    const id = context.req.param('id');
    const identity = context.get('identity');
    const token = tokens.get(id);
    if (token === undefined) throw new KonuiError('NOT_FOUND', 'there is no such access token');
    if (id !== identity.tokenId && !isWithin(identity, token)) {
      throw new KonuiError('FORBIDDEN', 'an access token cannot revoke one that may do more than itself');
    }
    const { force = false } = parseWith(Revocation, { force: context.req.query('force') });
    if (!force && tokens.isLastFull(id)) {
      const detail =
        'no other access token may do everything for as long; make one first, or revoke it with force=true';
      throw new KonuiError('LAST_FULL_TOKEN', detail);
    }
    tokens.revoke(id);
    log.info({ ...identity, revokedTokenId: id }, 'access token revoked');
    return context.body(null, 204);
  });

  function ownExpiry({ tokenId }: Identity): string | undefined {
    return (tokenId === undefined ? undefined : tokens.get(tokenId)?.expiresAt) ?? undefined;
  }
}

type Limits = Omit<z.infer<typeof NewAccessToken>, 'name' | 'expiresAt'>;

function toAccess({ rights, sessionIds, projectPaths, needsReview }: Limits, own: Access): Access {
  if (needsReview === true) requireReviewable(rights ?? [...own.rights]);
  const isBound = sessionIds !== undefined || projectPaths !== undefined;
  return {
    rights: rights === undefined ? own.rights : new Set(rights),
    bounds: isBound ? { sessionIds: sessionIds ?? [], projectPaths: projectPaths ?? [] } : own.bounds,
    ...(needsReview === true ? { needsReview } : {}),
  };
}

/** With any other right it could do the same without a review. */
function requireReviewable(rights: readonly AccessRight[]): void {
  const isReviewable = rights.includes('inject') && rights.every((right) => right === 'inject' || right === 'read');
  if (isReviewable) return;
  throw new KonuiError(
    'INVALID_MESSAGE',
    'needsReview: is for a token with the right inject, and at most read besides',
  );
}

function toExpiry(wanted: string | undefined, own: string | undefined, now: Date): string | undefined {
  if (wanted === undefined) return own;
  if (Date.parse(wanted) <= now.getTime()) throw new KonuiError('INVALID_MESSAGE', 'expiresAt: must lie in the future');
  if (own !== undefined && Date.parse(wanted) > Date.parse(own)) {
    throw new KonuiError('FORBIDDEN', 'an access token cannot make one that lasts longer than itself');
  }
  return new Date(wanted).toISOString();
}
