import type { HostHealth } from '@konui/protocol';
import type { Hono } from 'hono';
import type { HostEnvironment } from './create-app.ts';

export interface HealthRoutes {
  health(): HostHealth;
}

export function registerHealthRoutes(app: Hono<HostEnvironment>, host: HealthRoutes): void {
  app.get('/healthz', (context) => context.json(host.health()));
}
