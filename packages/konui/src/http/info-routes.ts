import type { HostHealth } from '@konui/protocol';
import { HOST_API_VERSION, KonuiError, WIRE_PROTOCOL_VERSION } from '@konui/protocol';
import type { Hono } from 'hono';
import type { AgentHost } from '../host.ts';
import type { HttpEnvironment } from './http-environment.ts';

export interface InfoRoutes {
  readonly host: Pick<AgentHost, 'health'>;
  readonly version: string;
  readonly pid: number;
  readonly buildId: () => string;
  readonly heartbeat: { readonly intervalMs: number; readonly staleMs: number };
  readonly connectedClients: () => number;
}

/** `GET /healthz`, for whoever watches over the gateway; 200 while it reaches a host that it understands. */
export function registerHealthRoute(app: Hono<HttpEnvironment>, { host, version, pid, buildId }: InfoRoutes): void {
  app.get('/healthz', async (context) => {
    const health = await host.health();
    if (health.hostApiVersion !== HOST_API_VERSION) {
      const versions = `version ${health.hostApiVersion} of the host API, and this gateway ${HOST_API_VERSION}`;
      throw new KonuiError('HOST_UNREACHABLE', `the agent host speaks ${versions}; restart both with: konui restart`);
    }
    // Without a sign-in: nothing that tells of the machine or of what runs on it.
    const hostStatus = { part: health.part, version: health.version, pid: health.pid };
    return context.json({ status: 'ok', part: 'konui', pid, version, buildId: buildId(), host: hostStatus });
  });
}

/** `GET /api/console/ws/info`: what a client needs to know before it connects, and whether it may. */
export function registerInfoRoute(
  app: Hono<HttpEnvironment>,
  { host, version, heartbeat, connectedClients }: InfoRoutes,
): void {
  app.get('/api/console/ws/info', async (context) => {
    const health = await healthOf(host);
    return context.json({
      protocolVersion: WIRE_PROTOCOL_VERSION,
      serverVersion: version,
      heartbeat: { intervalMs: heartbeat.intervalMs, staleMs: heartbeat.staleMs },
      connectedClients: connectedClients(),
      hostReachable: health !== undefined,
      sessions: health?.sessions ?? null,
      running: health?.running ?? null,
    });
  });
}

async function healthOf(host: Pick<AgentHost, 'health'>): Promise<HostHealth | undefined> {
  try {
    return await host.health();
  } catch (error) {
    if (error instanceof KonuiError) return undefined;
    throw error;
  }
}
