import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, SessionId } from '@konui/protocol';
import { afterEach } from 'vitest';
import type { ClientOptions } from 'ws';
import { recordFirstToken } from '../access/first-token.ts';
import type { Config } from '../config.ts';
import { createGateway } from '../create-gateway.ts';
import { createLogger } from '../create-logger.ts';
import { openDatabase } from '../database.ts';
import { HostClient } from '../hosts/host-client.ts';
import { ConsoleClient } from './console-client.ts';
import type { FrameClient } from './frame-client.ts';
import { StandInHost } from './stand-in-host.ts';
import { StreamClient } from './stream-client.ts';
import { WsClient } from './ws-client.ts';

interface TestGatewayOptions {
  readonly config?: Partial<Config>;
  readonly heartbeat?: { intervalMs: number; staleMs: number };
  readonly lingerMs?: number;
  /** How long a command is sent again whose answer was lost. */
  readonly resendForMs?: number;
}

type TestGateway = Awaited<ReturnType<typeof startTestGateway>>;

/** A whole gateway in this process, on a free port and a temporary home, with a stand-in for its host. */
async function startTestGateway(options: TestGatewayOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'konui-test-'));
  const host = new StandInHost(join(folder, 'host'), join(folder, 'k.sock'));
  await host.start();
  const client = new HostClient({
    socketPath: join(folder, 'k.sock'),
    ...(options.resendForMs === undefined ? {} : { resendForMs: options.resendForMs }),
  });
  const database = openDatabase(join(folder, 'konui.db'));
  const logLines: string[] = [];
  let skippedMs = 0;
  const config = {
    home: folder,
    host: '127.0.0.1',
    port: 0,
    logLevel: 'debug',
    webFolder: join(folder, 'web'),
    allowedHosts: [],
    allowedOrigins: [],
    trustedProxies: [],
    platformUser: undefined,
    pushContact: 'mailto:test@konui.invalid',
    pushAllowsPrivate: true,
    ...options.config,
  };
  const gateway = createGateway({
    config,
    database,
    host: client,
    log: createLogger('debug', { write: (line) => void logLines.push(line) }),
    version: '1.2.3',
    heartbeat: options.heartbeat ?? { intervalMs: 30_000, staleMs: 90_000 },
    lingerMs: options.lingerMs ?? 50,
    clock: { date: () => new Date(), monotonicMs: () => performance.now() + skippedMs },
    createId: randomUUID,
    homeFolder: folder,
    layoutsFolder: join(folder, 'layouts'),
  });
  recordFirstToken(join(folder, 'token'), gateway.tokens);
  const token = readFileSync(join(folder, 'token'), 'utf8').trim();
  const port = await gateway.listen();
  const origin = `http://127.0.0.1:${port}`;
  const sockets: FrameClient[] = [];
  return {
    gateway,
    host,
    folder,
    token,
    port,
    origin,
    logLines,
    skipMs: (ms: number): void => {
      skippedMs += ms;
    },
    fetch: (path: string, init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {}) =>
      fetch(`${origin}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } }),
    newSession: (): SessionId => {
      const sessionId = newId(SessionId);
      host.createSession(sessionId);
      return sessionId;
    },
    /** Opens `/ws` with the token. */
    connect: async (query = `token=${token}`, options: ClientOptions = {}): Promise<WsClient> => {
      const socket = new WsClient(`ws://127.0.0.1:${port}/ws?${query}`, options);
      sockets.push(socket);
      return socket.opened();
    },
    /** Opens the stream that stands in for `/ws`, with the token. */
    connectStream: async (query = '', as = token): Promise<StreamClient> => {
      const stream = new StreamClient(origin, as, { query });
      sockets.push(stream);
      return stream.opened();
    },
    /** Opens the console socket with the token. */
    connectConsole: async (
      query = '',
      { path = '/api/console/ws', as = token, ...options }: ClientOptions & { path?: string; as?: string } = {},
    ): Promise<ConsoleClient> => {
      const socket = new ConsoleClient(`ws://127.0.0.1:${port}${path}?token=${as}&${query}`, options);
      sockets.push(socket);
      return socket.opened();
    },
    close: async () => {
      for (const socket of sockets) socket.close();
      await gateway.close();
      await client.close();
      await host.die();
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Lets a test file start gateways, which are closed after each test. */
export function useTestGateways(): (options?: TestGatewayOptions) => Promise<TestGateway> {
  const open: TestGateway[] = [];
  afterEach(async () => {
    for (const gateway of open.splice(0)) await gateway.close();
  });
  return async (options) => {
    const gateway = await startTestGateway(options);
    open.push(gateway);
    return gateway;
  };
}
