import { KonuiError, SessionId } from '@konui/protocol';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { isFull } from '../access/access.ts';
import type { Authorization } from '../access/authorization.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { parseWith } from './json-body.ts';
import { ROUTE_RIGHTS } from './route-rights.ts';

/** Asks for the rights that the route needs, before its handler runs (SPEC ACC6). */
export function authorizeRoute(authorization: Authorization): MiddlewareHandler<HttpEnvironment> {
  return async (context, next) => {
    const identity = context.get('identity');
    const access = authorization.accessOf(identity);
    if (isFull(access)) return next();
    const route = routeOf(context);
    const needed = route === undefined ? undefined : ROUTE_RIGHTS[`${route.method} ${route.path}`];
    // Nothing is there, which is no secret.
    if (route === undefined) return next();
    if (needed === undefined) throw new KonuiError('FORBIDDEN', 'this needs an access token with all rights');
    authorization.check(identity, needed.rights);
    if (access.bounds === undefined) return next();
    switch (needed.bound) {
      case 'open':
      case 'handler':
        return next();
      case 'closed':
        throw new KonuiError('FORBIDDEN', 'this needs an access token that is not bound to some sessions');
      case 'session':
        await authorization.checkSession(identity, parseWith(SessionId, sessionIn(route.path, context.req.path)));
        return next();
    }
    await next();
    if (context.res.ok) {
      const visible = needed.bound(await context.res.json(), (session) => authorization.covers(identity, session));
      context.res = context.json(visible);
    }
  };
}

/** The route whose handler will answer, as it was registered. */
function routeOf(context: Context<HttpEnvironment>): { method: string; path: string } | undefined {
  // HEAD is answered as GET.
  const method = context.req.method === 'HEAD' ? 'GET' : context.req.method;
  return matchedRoutes(context).find((route) => route.method === method && route.path.startsWith('/api/'));
}

/** The part of a path that stands where the route has its session's id. */
function sessionIn(route: string, path: string): string | undefined {
  const index = route.split('/').findIndex((part) => part === ':id' || part === ':sessionId');
  return path.split('/')[index];
}
