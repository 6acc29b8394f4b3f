import { type AgentSettings, AgentSettingsChange, AuthenticateRequest, KonuiError, Provider } from '@konui/protocol';
import type { Hono } from 'hono';
import type { HostEnvironment } from './create-app.ts';
import { parseJsonBody } from './json-body.ts';

export interface AgentRoutes {
  readonly agents: {
    settings(provider: Provider): AgentSettings;
    /** On return the change is on the disk. */
    change(provider: Provider, change: AgentSettingsChange): AgentSettings;
    authenticate(provider: Provider, methodId: string): Promise<void>;
  };
}

export function registerAgentRoutes(app: Hono<HostEnvironment>, { agents }: AgentRoutes): void {
  app.get('/providers/:provider/settings', (context) =>
    context.json(agents.settings(parseProvider(context.req.param('provider')))),
  );
  app.patch('/providers/:provider/settings', async (context) => {
    const provider = parseProvider(context.req.param('provider'));
    return context.json(agents.change(provider, await parseJsonBody(context.env.incoming, AgentSettingsChange)));
  });
  app.post('/providers/:provider/authenticate', async (context) => {
    const provider = parseProvider(context.req.param('provider'));
    const { methodId } = await parseJsonBody(context.env.incoming, AuthenticateRequest);
    await agents.authenticate(provider, methodId);
    return context.json({ ok: true });
  });
}

function parseProvider(text: string): Provider {
  const parsed = Provider.safeParse(text);
  if (!parsed.success) throw new KonuiError('UNSUPPORTED_PROVIDER', 'there is no agent of that name');
  return parsed.data;
}
