import { KonuiError } from '@konui/protocol';
import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Admission } from '../admission.ts';
import type { AgentHost } from '../host.ts';
import { type AccessRoutes, registerAccessRoutes } from './access-routes.ts';
import { registerAgentRoutes } from './agent-routes.ts';
import { type ApprovalRoutes, registerApprovalRoutes } from './approval-routes.ts';
import { authorizeRoute } from './authorize-route.ts';
import { answerError } from './error-answer.ts';
import { compressAnswers } from './compress-answers.ts';
import { registerFolderRoutes } from './folder-routes.ts';
import { registerHistoryRoutes } from './history-routes.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { type InjectRoutes, registerInjectRoutes } from './inject-routes.ts';
import { type InfoRoutes, registerHealthRoute, registerInfoRoute } from './info-routes.ts';
import { limitBody } from './json-body.ts';
import { type KontaskRoutes, registerKontaskRoutes } from './kontask-routes.ts';
import { type LayoutRoutes, registerLayoutRoutes } from './layout-routes.ts';
import { registerOpenApiRoute } from './openapi-routes.ts';
import { type PushRoutes, registerPushRoutes } from './push-routes.ts';
import { type ReadMarkRoutes, registerReadMarkRoutes } from './read-mark-routes.ts';
import { securityHeaders } from './security-headers.ts';
import { registerSessionRoutes } from './session-routes.ts';
import { registerSettingRoutes, type SettingRoutes } from './setting-routes.ts';
import { registerStreamRoutes, type StreamRoutes } from './stream-routes.ts';
import { registerUploadRoutes } from './upload-routes.ts';
import type { WebApp } from './web-app.ts';
import { registerWebRoutes } from './web-routes.ts';

export interface AppDependencies
  extends
    AccessRoutes,
    ApprovalRoutes,
    InfoRoutes,
    InjectRoutes,
    KontaskRoutes,
    LayoutRoutes,
    PushRoutes,
    ReadMarkRoutes,
    SettingRoutes,
    StreamRoutes {
  readonly admission: Admission;
  readonly host: AgentHost;
  readonly webApp: WebApp;
  /** Where the folder picker begins. */
  readonly homeFolder: string;
  readonly log: Logger;
}

/** The gateway's HTTP side: the web app, `/healthz`, and the REST API, which needs a sign-in (SPEC ACC1). */
export function createApp(dependencies: AppDependencies): Hono<HttpEnvironment> {
  const { admission, log, webApp } = dependencies;
  const app = new Hono<HttpEnvironment>();
  app.onError((error, context) => answerError(error, context, log));
  app.notFound((context) => answerError(new KonuiError('NOT_FOUND', 'there is nothing at this path'), context, log));
  app.use(securityHeaders);
  app.use(async (context, next) => {
    context.set('admitted', admission.admitHost(context.env.incoming));
    await next();
  });
  registerHealthRoute(app, dependencies);

  app.use('/api/*', compressAnswers);
  registerApprovalRoutes(app, dependencies);
  app.use('/api/*', async (context, next) => {
    context.set('identity', admission.admit(context.env.incoming).signIn());
    await next();
  });
  app.use('/api/*', authorizeRoute(dependencies.authorization));
  registerStreamRoutes(app, dependencies);
  registerUploadRoutes(app, dependencies);
  registerLayoutRoutes(app, dependencies);
  registerKontaskRoutes(app, dependencies);
  registerInjectRoutes(app, dependencies);
  app.use('/api/*', limitBody);
  registerAccessRoutes(app, dependencies);
  registerInfoRoute(app, dependencies);
  registerOpenApiRoute(app, dependencies);
  registerSessionRoutes(app, dependencies);
  registerHistoryRoutes(app, dependencies);
  registerAgentRoutes(app, dependencies);
  registerFolderRoutes(app, dependencies);
  registerReadMarkRoutes(app, dependencies);
  registerPushRoutes(app, dependencies);
  registerSettingRoutes(app, dependencies);
  app.all('/api/*', () => {
    throw new KonuiError('NOT_FOUND', 'the API has nothing at this path');
  });

  registerWebRoutes(app, webApp);
  return app;
}

/** Method and path of each route of the REST API, as they were registered. */
export function routesOf(app: Hono<HttpEnvironment>): string[] {
  const routes = app.routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'));
  return [...new Set(routes.map(({ method, path }) => `${method} ${path}`))];
}
