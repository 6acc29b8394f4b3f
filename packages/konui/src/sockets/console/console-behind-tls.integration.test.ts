import { isPresent } from '@konui/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findOpenssl } from '../../test-support/certificate.ts';
import { ConsoleClient } from '../../test-support/console-client.ts';
import { startTlsProxy, type TlsProxy } from '../../test-support/start-tls-proxy.ts';
import { useWholePath } from '../../test-support/use-whole-path.ts';

const NAME = 'konui.example';
const FLAGS = ['--port', '0', '--allowed-hosts', NAME, '--allowed-origins', 'https://app.example'];

describe.runIf(isPresent(findOpenssl()))('behind a proxy that ends TLS', () => {
  const own = useWholePath([...FLAGS, '--trusted-proxies', '127.0.0.1']);
  let proxy: TlsProxy;
  beforeEach(async () => {
    proxy = await startTlsProxy({ targetPort: Number(new URL((await own.gateway.record()).url).port), hostName: NAME });
  });
  afterEach(() => proxy.close());

  const bearer = () => ({ authorization: `Bearer ${own.gateway.token()}` });
  const open = (query: string, headers: Record<string, string> = {}): ConsoleClient =>
    own.closing(
      new ConsoleClient(`wss://${proxy.host}/api/console/ws?project=${own.home}&agent=demo&${query}`, {
        ...proxy.client,
        headers,
      }),
    );
  const newTicket = async (): Promise<string> =>
    JSON.parse((await proxy.request('/api/tickets', { method: 'POST', headers: bearer() })).body).ticket;

  it('A3, A13: tells what a client needs, gives it a ticket, and carries prompt, answer and images over wss', async () => {
    const info = await proxy.request('/api/console/ws/info', { headers: bearer() });
    expect(info.status).toBe(200);
    expect(JSON.parse(info.body)).toMatchObject({ protocolVersion: 1, heartbeat: { intervalMs: 30_000 } });
    expect((await proxy.request('/api/console/ws/info')).status).toBe(401);

    const origin = `https://${proxy.host}`;
    const client = await open(`ticket=${await newTicket()}&images=binary`, { origin }).opened();
    await client.message('status');
    client.send({ type: 'prompt', text: '/picture' });
    await client.message('complete', ({ success }) => success);
    const picture = client.binaries[0]?.bytes ?? Buffer.alloc(0);
    expect(client.binaries).toHaveLength(2);
    client.send(picture);
    client.send({ type: 'prompt', text: '/stream 1' });
    await client.until(() => client.all('complete').length === 2, 'the second run');
    const said = client.all('output').map(({ content }) => content);
    expect(said.join('')).toContain(`(image/png) of ${picture.length} bytes`);
  });

  it('A3, A9: resumes after a broken connection, with what a script injected meanwhile by https', async () => {
    const before = await open('', bearer()).opened();
    const { sessionId } = await before.message('session');
    await before.message('status');
    before.send({ type: 'prompt', text: '/stream 20' });
    await before.message('complete');
    await before.message('status', ({ state, seq }) => state === 'idle' && seq > 1);
    before.close();
    const last = Math.max(...before.messages.map((message) => ('seq' in message ? Number(message.seq) : 0)));

    const body = JSON.stringify({ sessionId, text: '/stream 3', origin: 'build' });
    const answer = await proxy.request('/api/console/inject', { method: 'POST', headers: bearer(), body });
    expect(answer.status).toBe(202);

    const after = await open(`session=${sessionId}&after=${last}`, bearer()).opened();
    await after.message('complete', ({ success }) => success);
    expect(after.all('inject_prompt')).toMatchObject([
      { text: '/stream 3', origin: { type: 'inject', name: 'build' } },
    ]);
    const seqs = after.messages.flatMap((message) => ('seq' in message ? [Number(message.seq)] : []));
    expect(Math.min(...seqs)).toBeGreaterThan(last);
  });

  it('[ACC3] A3: lets in the origins that are allowed, and refuses other hosts with 421 and other origins with 403', async () => {
    const token = own.gateway.token();
    const statusOf = async (headers: Record<string, string>): Promise<number> => {
      const client = open(`token=${token}`, headers);
      const refused = new Promise<number>((resolve) => {
        client.socket.once('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0));
        client.socket.once('open', () => resolve(101));
      });
      return refused;
    };
    expect(await statusOf({ origin: 'https://app.example' })).toBe(101);
    expect(await statusOf({ origin: `https://${proxy.host}` })).toBe(101);
    expect(await statusOf({ origin: 'https://evil.example' })).toBe(403);
    expect(await statusOf({ host: 'evil.example' })).toBe(421);
    const info = (headers: Record<string, string>) =>
      proxy.request('/api/console/ws/info', { headers: { ...bearer(), ...headers } });
    expect((await info({ host: 'evil.example' })).status).toBe(421);
    expect((await info({ origin: 'https://evil.example' })).status).toBe(403);
    // What a client says of itself is not what the proxy says of it.
    expect((await info({ host: 'evil.example', 'x-forwarded-host': NAME })).status).toBe(421);
  });
});
