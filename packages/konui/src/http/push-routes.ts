import type { Hono } from 'hono';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Identity } from '../identity.ts';
import { NewPushSubscription } from '../push/push-subscriptions.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { parseBody } from './json-body.ts';

export const Endpoint = z.object({ endpoint: z.string().max(2048) });

export interface PushRoutes {
  readonly push: {
    readonly publicKey: string;
    /** Throws INVALID_MESSAGE for an endpoint that nothing may be sent to, and TOO_MANY. */
    subscribe(subscription: NewPushSubscription, identity: Identity): void;
    unsubscribe(endpoint: string, identity: Identity): void;
    test(identity: Identity): Promise<{ sent: number; failed: number }>;
  };
  readonly log: Logger;
}

/** `/api/push`: notifications of a browser that is closed (SPEC PUSH). */
export function registerPushRoutes(app: Hono<HttpEnvironment>, { push, log }: PushRoutes): void {
  app.get('/api/push/key', (context) => context.json({ publicKey: push.publicKey }));

  app.put('/api/push/subscriptions', async (context) => {
    push.subscribe(await parseBody(context, NewPushSubscription), context.get('identity'));
    log.info({ ...context.get('identity') }, 'notifications subscribed');
    return context.body(null, 204);
  });

  app.delete('/api/push/subscriptions', async (context) => {
    push.unsubscribe((await parseBody(context, Endpoint)).endpoint, context.get('identity'));
    return context.body(null, 204);
  });

  app.post('/api/push/test', async (context) => context.json(await push.test(context.get('identity'))));
}
