import { AccessRight } from '@konui/protocol';
import { expect, it } from 'vitest';
import { type Answer, ask } from '../test-support/ask.ts';
import { useTestGateways } from '../test-support/start-test-gateway.ts';

const start = useTestGateways();

const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const codeOf = (answer: Answer): unknown => JSON.parse(answer.body).error.code;

it('[GW11] refuses upgrades with plain answers: 404 for the path, 401 for the sign-in, 403 for the Origin, 421 for the Host', async () => {
  const { port, token } = await start();
  expect(await ask(port, `/nothing?token=${token}`, UPGRADE)).toMatchObject({ status: 404 });
  for (const query of ['', '?token=', '?token=wrong', '?ticket=wrong']) {
    const answer = await ask(port, `/ws${query}`, UPGRADE);
    expect([answer.status, codeOf(answer)]).toEqual([401, 'UNAUTHORIZED']);
  }
  const foreign = await ask(port, `/ws?token=${token}`, { ...UPGRADE, origin: 'http://evil.example' });
  expect([foreign.status, codeOf(foreign)]).toEqual([403, 'ORIGIN_NOT_ALLOWED']);
  const rebound = await ask(port, `/ws?token=${token}`, { ...UPGRADE, host: `evil.example:${port}` });
  expect([rebound.status, codeOf(rebound)]).toEqual([421, 'HOST_NOT_ALLOWED']);
  expect(await ask(port, `/ws?token=${token}`, { ...UPGRADE, origin: `http://localhost:${port}` })).toMatchObject({
    status: 101,
  });
  expect(await ask(port, '/healthz', { connection: 'Upgrade', upgrade: 'h2c' })).toMatchObject({ status: 200 });
});

it('[ACC1] needs a token for everything but the page and /healthz', async () => {
  const { port, token } = await start();
  for (const path of [
    '/api/me',
    '/api/providers',
    '/api/providers/sessions',
    '/api/console/ws/info',
    '/api/folders',
    '/api/nothing',
    '/api',
  ]) {
    expect({ path, ...(await ask(port, path)) }).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer' },
    });
  }
  expect(await ask(port, '/healthz')).toMatchObject({ status: 200 });
  expect(await ask(port, '/', { accept: 'text/html' })).toMatchObject({
    status: 503,
    body: expect.stringContaining('npm start'),
  });
  expect(await ask(port, '/api/me', { authorization: `Bearer ${token}` })).toMatchObject({ status: 200 });
  expect(await ask(port, `/api/me?token=${token}`)).toMatchObject({ status: 200 });
  expect(await ask(port, '/api/nothing', { authorization: `Bearer ${token}` })).toMatchObject({ status: 404 });
});

it('[ACC1] takes a ticket once, and only for 30 s', async () => {
  const { port, fetch, connect, skipMs } = await start();
  const ticket = async () => {
    const answer: { ticket?: string; expiresInMs?: number } = JSON.parse(
      await (await fetch('/api/tickets', { method: 'POST' })).text(),
    );
    expect(answer.expiresInMs).toBe(30_000);
    return answer.ticket ?? '';
  };
  const first = await ticket();
  await connect(`ticket=${first}`);
  expect(await ask(port, `/ws?ticket=${first}`, UPGRADE)).toMatchObject({ status: 401 });
  const late = await ticket();
  skipMs(30_001);
  expect(await ask(port, `/api/me?ticket=${late}`)).toMatchObject({ status: 401 });
});

it('[ACC1] takes a ticket for reading only: it makes no other key', async () => {
  const { port, fetch } = await start();
  for (const path of ['/api/tickets', '/api/access-tokens']) {
    const { ticket } = JSON.parse(await (await fetch('/api/tickets', { method: 'POST' })).text());
    const answer = await globalThis.fetch(`http://127.0.0.1:${port}${path}?ticket=${ticket}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"x"}',
    });
    expect(answer.status).toBe(401);
  }
});

it('[ACC1] does not take a ticket whose token was revoked', async () => {
  const { port, gateway, fetch } = await start();
  const { id, token } = gateway.tokens.create('phone');
  const answer = await fetch('/api/tickets', { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  const { ticket } = JSON.parse(await answer.text());
  gateway.tokens.revoke(id);
  expect(await ask(port, `/ws?ticket=${ticket}`, UPGRADE)).toMatchObject({ status: 401 });
});

it('[ACC2] stores no token, and logs neither token nor ticket nor query', async () => {
  const { fetch, connect, token, logLines, port } = await start();
  await connect();
  const { ticket } = JSON.parse(await (await fetch('/api/tickets', { method: 'POST' })).text());
  await connect(`ticket=${ticket}`);
  await fetch(`/api/nothing?token=${token}&secret=1`);
  await ask(port, `/ws?token=${token}x`, UPGRADE);
  const log = logLines.join('');
  expect(log).toContain('socket opened');
  expect(log).toContain('upgrade refused');
  for (const secret of [token, ticket, 'secret=1']) expect(log).not.toContain(secret);
});

it('[ACC2] answers 429 after many wrong tokens, and still lets the right one in', async () => {
  const { port, token, skipMs } = await start();
  const wrong = () => ask(port, '/api/me', { authorization: 'Bearer wrong' });
  for (let count = 0; count < 20; count += 1) expect((await wrong()).status).toBe(401);
  expect(await wrong()).toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
  expect(await ask(port, '/api/me', { authorization: `Bearer ${token}` })).toMatchObject({ status: 200 });
  skipMs(60_001);
  expect((await wrong()).status).toBe(401);
});

it('[ACC3] refuses foreign hosts and origins, and what other pages load', async () => {
  const { port, token } = await start();
  const headers = { authorization: `Bearer ${token}` };
  for (const host of ['evil.example', `127.0.0.1:${port + 1}`, 'localhost']) {
    expect({ host, ...(await ask(port, '/', { host })) }).toMatchObject({ status: 421 });
  }
  for (const origin of [
    'http://evil.example',
    'null',
    `http://localhost:${port + 1}`,
    `http://localhost:${port}.evil.example`,
  ]) {
    expect({ origin, ...(await ask(port, '/api/me', { ...headers, origin })) }).toMatchObject({ status: 403 });
  }
  for (const site of ['cross-site', 'same-site']) {
    expect({ site, ...(await ask(port, '/api/me', { ...headers, 'sec-fetch-site': site })) }).toMatchObject({
      status: 403,
    });
  }
  const own = await ask(port, '/api/me', {
    ...headers,
    origin: `http://127.0.0.1:${port}`,
    'sec-fetch-site': 'same-origin',
  });
  expect(own.status).toBe(200);
  expect(Object.keys(own.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

it("[ACC3] takes the hosts and origins that are configured, and a trusted proxy's word for them", async () => {
  const { port, token } = await start({
    config: {
      allowedHosts: ['konui.example'],
      allowedOrigins: ['https://other.example'],
      trustedProxies: ['127.0.0.0/8'],
    },
  });
  const headers = { authorization: `Bearer ${token}` };
  const proxied = {
    ...headers,
    host: '10.0.0.1:80',
    'x-forwarded-host': 'konui.example',
    'x-forwarded-proto': 'https',
  };
  expect(await ask(port, '/api/me', { ...proxied, origin: 'https://konui.example' })).toMatchObject({ status: 200 });
  expect(await ask(port, '/api/me', { ...proxied, origin: 'https://konui.example:8443' })).toMatchObject({
    status: 403,
  });
  expect(
    await ask(port, '/api/me', { ...proxied, origin: 'https://other.example', 'sec-fetch-site': 'cross-site' }),
  ).toMatchObject({ status: 200 });
  expect(await ask(port, '/api/me', { ...headers, host: '10.0.0.1:80' })).toMatchObject({ status: 421 });
});

it('[ACC3] does not believe forwarding headers of a proxy that is not trusted', async () => {
  const { port, token } = await start({ config: { allowedHosts: ['konui.example'] } });
  const headers = { authorization: `Bearer ${token}`, host: 'evil.example', 'x-forwarded-host': 'konui.example' };
  expect(await ask(port, '/api/me', headers)).toMatchObject({ status: 421 });
});

it("[ACC4] attaches the platform's user without a token, on loopback, and is off by default", async () => {
  const { port, connect } = await start({ config: { platformUser: 'ada' } });
  const me = await ask(port, '/api/me', {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  });
  expect(JSON.parse(me.body)).toMatchObject({ user: 'ada', device: 'Firefox on Linux', rights: AccessRight.options });
  await connect('');
  expect(await ask(port, '/api/me?token=wrong')).toMatchObject({ status: 401 });
  expect(await ask(port, '/api/me', { origin: 'http://evil.example' })).toMatchObject({ status: 403 });
});

it('[ACC5] logs what a socket does under its identity', async () => {
  const { connect, token, newSession, logLines } = await start();
  const client = await connect(`token=${token}&device=tablet`);
  client.send({ type: 'chat.send', sessionId: newSession(), content: 'private words' });
  await client.frame('chat_accepted');
  const line = logLines.find((text) => text.includes('"command"')) ?? '{}';
  expect(JSON.parse(line)).toMatchObject({ device: 'tablet', tokenId: expect.any(String), type: 'chat.send' });
  expect(logLines.join('')).not.toContain('private words');
});
