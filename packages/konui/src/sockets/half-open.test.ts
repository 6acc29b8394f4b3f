import { setTimeout as delay } from 'node:timers/promises';
import { startFaultProxy } from '@konui/testing';
import { expect, it } from 'vitest';
import { useTestGateways } from '../test-support/start-test-gateway.ts';
import { StreamClient } from '../test-support/stream-client.ts';
import { WsClient } from '../test-support/ws-client.ts';

const start = useTestGateways();

it.each(['WebSocket', 'stream'])('[GW9] gives up a %s that is open at one end only', async (transport) => {
  const { port, token, fetch } = await start({ heartbeat: { intervalMs: 50, staleMs: 200 } });
  await using proxy = await startFaultProxy({ targetPort: port });
  const origin = `127.0.0.1:${proxy.port}`;
  const client =
    transport === 'WebSocket'
      ? new WsClient(`ws://${origin}/ws?token=${token}`, { headers: { host: `127.0.0.1:${port}` } })
      : new StreamClient(`http://${origin}`, token, { host: `127.0.0.1:${port}` });
  try {
    await client.opened();
    for (const connection of proxy.connections) connection.apply({ kind: 'drop' });
    const connectedClients = async (): Promise<unknown> =>
      JSON.parse(await (await fetch('/api/console/ws/info')).text()).connectedClients;
    expect(await connectedClients()).toBe(1);
    while ((await connectedClients()) !== 0) await delay(10);
    expect(client.closed).toBeUndefined();
  } finally {
    client.close();
  }
});
