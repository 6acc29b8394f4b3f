import type { HttpBindings } from '@hono/node-server';
import { KonuiError } from '@konui/protocol';
import { Hono } from 'hono';
import { type AgentRoutes, registerAgentRoutes } from './agent-routes.ts';
import { type AttachmentRoutes, registerAttachmentRoutes } from './attachment-routes.ts';
import { type CommandRoutes, registerCommandRoutes } from './command-routes.ts';
import { type ErrorLog, toErrorResponse } from './error-response.ts';
import { type EventRoutes, registerEventRoutes } from './event-routes.ts';
import type { EventStreams } from './event-streams.ts';
import { registerFeedRoutes } from './feed-routes.ts';
import type { FeedStreams } from './feed-streams.ts';
import { type GitRoutes, registerGitRoutes } from './git-routes.ts';
import { type HistoryRoutes, registerHistoryRoutes } from './history-routes.ts';
import { type HealthRoutes, registerHealthRoutes } from './health-routes.ts';
import { type ProviderRoutes, registerProviderRoutes } from './provider-routes.ts';
import { registerSessionRoutes, type SessionRoutes } from './session-routes.ts';
import { registerSearchRoutes, type SearchRoutes } from './search-routes.ts';
import { registerStreamRoutes } from './stream-routes.ts';

export type HostEnvironment = { Bindings: HttpBindings };

/** What the routes need of the host; each route file names its own part. */
export interface HostApi
  extends
    HealthRoutes,
    ProviderRoutes,
    AgentRoutes,
    SessionRoutes,
    CommandRoutes,
    EventRoutes,
    HistoryRoutes,
    SearchRoutes,
    AttachmentRoutes,
    GitRoutes {
  readonly streams: EventStreams;
  readonly feeds: FeedStreams;
}

/** The host API (SPEC HOST1–HOST9). A route group is a file beside this one and a line here. */
export function createApp(host: HostApi, log: ErrorLog): Hono<HostEnvironment> {
  const app = new Hono<HostEnvironment>();
  registerHealthRoutes(app, host);
  registerProviderRoutes(app, host);
  registerAgentRoutes(app, host);
  registerSessionRoutes(app, host);
  registerCommandRoutes(app, host);
  registerEventRoutes(app, host);
  registerHistoryRoutes(app, host);
  registerSearchRoutes(app, host);
  registerStreamRoutes(app, host.streams);
  registerAttachmentRoutes(app, host);
  registerGitRoutes(app, host);
  registerFeedRoutes(app, host.feeds);
  app.notFound((context) =>
    toErrorResponse(new KonuiError('NOT_FOUND', `there is no ${context.req.method} ${context.req.path}`), log),
  );
  app.onError((error) => toErrorResponse(error, log));
  return app;
}
