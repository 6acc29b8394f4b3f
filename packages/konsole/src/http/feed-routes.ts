import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import type { HostEnvironment } from './create-app.ts';
import type { FeedStreams } from './feed-streams.ts';

export function registerFeedRoutes(app: Hono<HostEnvironment>, feeds: FeedStreams): void {
  app.get('/feed', (context) => {
    feeds.open(context.env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
}
