import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../chaos/seeded-random.ts';
import { type ConnectionPlan, type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import type { ProxiedConnection } from './proxied-connection.ts';
import { randomFault, randomPlan } from './random-faults.ts';

/** A socket that keeps what came. */
type Recorded = {
  socket: Socket;
  chunks: string[];
  text(): string;
  until(text: string): Promise<void>;
  closed: Promise<boolean>;
};

let server: Server;
let proxy: FaultProxy;
let atServer: Recorded[];
let onAccepted: (() => void) | undefined;
const opened: Socket[] = [];

function record(socket: Socket): Recorded {
  opened.push(socket);
  const chunks: string[] = [];
  const waiting = new Set<() => void>();
  socket.setEncoding('utf8').on('data', (text: string) => {
    chunks.push(text);
    for (const check of waiting) check();
  });
  socket.on('error', () => undefined);
  const text = () => chunks.join('');
  return {
    socket,
    chunks,
    text,
    until: (expected) =>
      new Promise((resolve) => {
        const check = () => {
          if (!text().includes(expected)) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    closed: new Promise((resolve) => socket.once('close', (hadError) => resolve(hadError))),
  };
}

async function open(): Promise<Recorded> {
  const client = record(connect(proxy.port, '127.0.0.1'));
  await once(client.socket, 'connect');
  return client;
}

async function accepted(count: number): Promise<Recorded> {
  while (atServer.length < count) await new Promise<void>((resolve) => (onAccepted = resolve));
  const last = atServer[count - 1];
  if (last === undefined) throw new Error('no connection');
  return last;
}

/** A client, what the server has of it, and what stands between them. */
async function openPair(): Promise<{ client: Recorded; peer: Recorded; between: ProxiedConnection }> {
  const client = await open();
  const peer = await accepted(1);
  const [between] = proxy.connections;
  if (between === undefined) throw new Error('no connection');
  return { client, peer, between };
}

beforeEach(async () => {
  atServer = [];
  server = createServer({ noDelay: true }, (socket) => {
    atServer.push(record(socket));
    onAccepted?.();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy = await startFaultProxy({ targetPort: (server.address() as AddressInfo).port });
});
afterEach(async () => {
  await proxy.close();
  for (const socket of opened.splice(0)) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

describe('the fault proxy', () => {
  it('forwards bytes both ways, and an end after what was sent', async () => {
    const { client, peer } = await openPair();
    client.socket.write('question');
    await peer.until('question');
    peer.socket.write('answer');
    await client.until('answer');
    client.socket.end('last words');
    await peer.until('last words');
    await once(peer.socket, 'end');
    peer.socket.end();
    expect(await client.closed).toBe(false);
  });

  it('drops without a close: neither side hears anything, not even that the other has gone', async () => {
    const { client, peer, between } = await openPair();
    between.apply({ kind: 'drop' });
    client.socket.write('lost');
    peer.socket.write('lost too');
    client.socket.destroy();
    // A second connection shows that the proxy has had the time to forward.
    const other = await open();
    other.socket.write('hello');
    await (await accepted(2)).until('hello');
    expect([peer.text(), client.text(), peer.socket.destroyed]).toEqual(['', '', false]);
    expect(between.isDropped).toBe(true);
  });

  it('heals a dropped connection: what waited arrives', async () => {
    const { client, peer, between } = await openPair();
    between.apply({ kind: 'drop' });
    client.socket.write('late');
    between.apply({ kind: 'heal' });
    await peer.until('late');
  });

  it('resets both sides in the middle of what is sent', async () => {
    const { client, peer, between } = await openPair();
    between.apply({ kind: 'reset', afterBytes: 4, direction: 'toServer' });
    client.socket.write('in the middle of a frame');
    const [clientHadError] = await Promise.all([client.closed, peer.closed]);
    expect(clientHadError).toBe(true);
    expect('in t'.startsWith(peer.text())).toBe(true);
    expect(proxy.connections).toEqual([]);
  });

  it('splits into pieces and loses none', async () => {
    const { client, peer, between } = await openPair();
    between.apply({ kind: 'split', maxBytes: 1 });
    const text = Array.from({ length: 500 }, (_, index) => `${index},`).join('');
    client.socket.write(text);
    await peer.until(text);
    expect(peer.text()).toBe(text);
    expect(peer.chunks.length).toBeGreaterThan(20);
  });

  it('delays in order', async () => {
    const { client, peer, between } = await openPair();
    between.apply({ kind: 'delay', ms: 30 });
    const since = performance.now();
    client.socket.write('one ');
    client.socket.write('two');
    await peer.until('one two');
    expect(performance.now() - since).toBeGreaterThan(25);
  });

  it('stalls one direction while the other goes on', async () => {
    const { client, peer, between } = await openPair();
    between.apply({ kind: 'stall', direction: 'toClient' });
    peer.socket.write('held');
    client.socket.write('through');
    await peer.until('through');
    expect(client.text()).toBe('');
    between.apply({ kind: 'heal' });
    await client.until('held');
  });

  it('makes a sender that is not read wait, and loses nothing of a megabyte', async () => {
    const { client, peer, between } = await openPair();
    between.apply({ kind: 'stall', direction: 'toServer' });
    const text = 'x'.repeat(8 * 1024 * 1024);
    expect(client.socket.write(`${text}end`)).toBe(false);
    between.apply({ kind: 'heal' });
    await peer.until('end');
    expect(peer.text().length).toBe(text.length + 3);
  });

  it('refuses a connection, and shows the first bytes of another one twice', async () => {
    const plans: ConnectionPlan[] = [{ isRefused: true }, { isDuplicated: true }];
    proxy.setPlan((index) => plans[index] ?? {});
    const refused = record(connect(proxy.port, '127.0.0.1'));
    expect(await refused.closed).toBe(true);
    const client = await open();
    client.socket.write('GET / ');
    const [one, two] = [await accepted(1), await accepted(2)];
    await Promise.all([one.until('GET / '), two.until('GET / ')]);
    client.socket.write('more');
    await Promise.any([one.until('more'), two.until('more')]);
    const texts = [one.text(), two.text()].sort();
    expect(texts).toEqual(['GET / ', 'GET / more']);
    for (const { socket } of [one, two]) socket.write('answer');
    await client.until('answer');
    expect(client.text()).toBe('answer');
    expect(proxy.attempts).toBe(2);
  });

  it('draws the same faults from the same seed', () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 50 }, () => [randomPlan(random), randomFault(random)]);
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });
});
