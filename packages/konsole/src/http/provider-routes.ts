import type { ProviderInfo } from '@konui/protocol';
import type { Hono } from 'hono';
import type { HostEnvironment } from './create-app.ts';

export interface ProviderRoutes {
  listProviders(): Promise<readonly ProviderInfo[]>;
}

export function registerProviderRoutes(app: Hono<HostEnvironment>, host: ProviderRoutes): void {
  app.get('/providers', async (context) => context.json({ providers: await host.listProviders() }));
}
