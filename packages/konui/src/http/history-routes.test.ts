import { type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { HistoryAnswer } from '@konui/protocol';
import { expect, it } from 'vitest';
import { useTestGateways } from '../test-support/start-test-gateway.ts';

const start = useTestGateways();

async function startWithHistory(events = 50) {
  const gateway = await start();
  const sessionId = gateway.newSession();
  const chunk = { kind: 'agent_message_chunk', content: { type: 'text', text: 'word '.repeat(20) } };
  gateway.host.append(
    sessionId,
    Array.from({ length: events }, () => chunk),
  );
  return { gateway, path: `/api/providers/sessions/${sessionId}/history` };
}

it('[HIST1] passes a page of history on, from the end or below a seq', async () => {
  const { gateway, path } = await startWithHistory();
  const tail = HistoryAnswer.parse(await (await gateway.fetch(`${path}?bytes=2000`)).json());
  expect(tail).toMatchObject({ lastSeq: 51, more: true });
  const before = HistoryAnswer.parse(await (await gateway.fetch(`${path}?before=${tail.firstSeq}`)).json());
  expect(before.events.at(-1)?.seq).toBe(tail.firstSeq - 1);
});

it('[HIST2] refuses what is no range', async () => {
  const { gateway, path } = await startWithHistory();
  for (const query of ['before=x', 'bytes=-1', 'before=1e3']) {
    const answer = await gateway.fetch(`${path}?${query}`);
    expect([query, answer.status]).toEqual([query, 400]);
  }
});

it('[SRCH1] passes a search on, and refuses one without words or with a limit that is none', async () => {
  const { gateway } = await startWithHistory();
  expect(await (await gateway.fetch('/api/search?q=word&limit=5')).json()).toEqual({ hits: [], nextCursor: null });
  expect(gateway.host.requests).toContain('GET /search');
  for (const query of ['', 'q=', 'q=x&limit=1000', 'q=x&provider=%20']) {
    expect([query, (await gateway.fetch(`/api/search?${query}`)).status]).toEqual([query, 400]);
  }
});

it('JSON answers of more than a kilobyte are compressed for clients that take it, and say so', async () => {
  const { gateway, path } = await startWithHistory();
  const ask = async (headers: Record<string, string>, of = path) => {
    const authorization = `Bearer ${gateway.token}`;
    const sent = request(`${gateway.origin}${of}`, { headers: { authorization, ...headers }, agent: false }).end();
    const [answer] = await new Promise<[IncomingMessage]>((resolve) => {
      sent.once('response', (response) => resolve([response]));
    });
    return { headers: answer.headers, body: await buffer(answer) };
  };
  const plain = await ask({});
  const packed = await ask({ 'accept-encoding': 'gzip, br' });
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(packed.headers['content-encoding']).toBe('gzip');
  expect(packed.headers['vary']).toContain('accept-encoding');
  expect(packed.headers['cache-control']).toBe(plain.headers['cache-control']);
  expect(gunzipSync(packed.body).toString()).toBe(plain.body.toString());
  expect(packed.body.length).toBeLessThan(plain.body.length / 5);
  const small = await ask({ 'accept-encoding': 'gzip' }, '/api/providers');
  expect(small.headers['content-encoding']).toBeUndefined();
});
