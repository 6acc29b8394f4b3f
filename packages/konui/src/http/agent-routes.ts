import { AgentSettingsChange, AuthenticateRequest, Provider } from '@konui/protocol';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import type { AgentHost } from '../host.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { parseBody, parseWith } from './json-body.ts';
import { toResponse } from './to-response.ts';

/** Keys, defaults and sign-in of the agents. */
export function registerAgentRoutes(app: Hono<HttpEnvironment>, { host, log }: { host: AgentHost; log: Logger }): void {
  app.get('/api/providers/:provider/settings', async (context) =>
    toResponse(await host.agentSettings(parseWith(Provider, context.req.param('provider')))),
  );

  app.patch('/api/providers/:provider/settings', async (context) => {
    const provider = parseWith(Provider, context.req.param('provider'));
    const change = await parseBody(context, AgentSettingsChange);
    const answer = await host.changeAgentSettings(provider, change);
    // Names only: the values are secrets.
    const changed = [...Object.keys(change.environment ?? {}), ...(change.defaults === undefined ? [] : ['defaults'])];
    log.info({ ...context.get('identity'), provider, changed }, "an agent's settings changed");
    return toResponse(answer);
  });

  app.post('/api/providers/:provider/authenticate', async (context) => {
    const provider = parseWith(Provider, context.req.param('provider'));
    const answer = await host.authenticateAgent(provider, await parseBody(context, AuthenticateRequest));
    log.info({ ...context.get('identity'), provider }, 'an agent was signed in');
    return toResponse(answer);
  });
}
