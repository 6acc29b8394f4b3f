import { InjectRequest, KonuiError, LIMITS, type SessionId } from '@konui/protocol';
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Logger } from 'pino';
import type { Authorization } from '../access/authorization.ts';
import type { AgentHost } from '../host.ts';
import { newestSession } from '../hosts/newest-session.ts';
import type { Identity } from '../identity.ts';
import type { Injector } from '../inject/injector.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { parseBody } from './json-body.ts';

export interface InjectRoutes {
  readonly injector: Injector;
  readonly host: AgentHost;
  readonly authorization: Authorization;
  readonly nameOf: (identity: Identity) => string;
  readonly log: Logger;
}

/** `POST /api/console/inject` (SPEC INJ): a prompt from a script. It may carry images, and so as much as a frame. */
export function registerInjectRoutes(app: Hono<HttpEnvironment>, routes: InjectRoutes): void {
  const { injector, host, authorization, nameOf, log } = routes;
  app.use(
    '/api/console/inject',
    bodyLimit({
      maxSize: LIMITS.maxFrameBytes,
      onError: () => {
        throw new KonuiError('FRAME_TOO_LARGE', `an injected prompt may have ${LIMITS.maxFrameBytes} bytes`);
      },
    }),
  );
  app.post('/api/console/inject', async (context) => {
    const identity = context.get('identity');
    const answer = await injector.inject(await parseBody(context, InjectRequest), {
      tokenId: identity.tokenId ?? '',
      name: nameOf(identity),
      needsReview: authorization.accessOf(identity).needsReview === true,
      newestSession: () => newestSession(host, (session) => authorization.covers(identity, session)),
      checkSession: (sessionId: SessionId) => authorization.checkSession(identity, sessionId),
    });
    log.info({ ...identity, ...answer }, 'prompt injected');
    return context.json(answer, 202);
  });
}
