import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SessionId } from '@konui/protocol';
import { afterEach, beforeEach } from 'vitest';
import { GatewayProcess } from './gateway-process.ts';
import { KonsoleProcess } from './konsole-process.ts';

/** A home with the real gateway and the real host, each test's own. */
export interface WholePath {
  readonly home: string;
  readonly konsole: KonsoleProcess;
  readonly gateway: GatewayProcess;
  /** Starts a gateway on this home after the one before has ended. */
  readonly startGateway: () => Promise<void>;
  /** Asks the gateway with the first token. */
  readonly call: (
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
  ) => Promise<{ readonly status: number; readonly json: Record<string, unknown> }>;
  /** A session of the demo agent in the home. */
  readonly createSession: () => Promise<SessionId>;
  /** Has a client closed when the test has ended. */
  readonly closing: <T extends { close: () => void }>(client: T) => T;
}

export function useWholePath(flags?: readonly string[]): WholePath {
  let home: string;
  let konsole: KonsoleProcess;
  let gateway: GatewayProcess;
  let clients: { close: () => void }[];
  beforeEach(async () => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'konui-test-')));
    clients = [];
    konsole = new KonsoleProcess(home);
    gateway = new GatewayProcess(home, flags);
    await Promise.all([konsole.ready(), gateway.record()]);
  });
  afterEach(async () => {
    for (const client of clients) client.close();
    await gateway.end('SIGKILL');
    await konsole.close();
    rmSync(home, { recursive: true, force: true });
  });

  const call: WholePath['call'] = async (method, path, body) => {
    const { url } = await gateway.record();
    const headers = { authorization: `Bearer ${gateway.token()}` };
    const answer = await fetch(`${url}${path}`, { method, headers, body: body ?? null });
    return { status: answer.status, json: JSON.parse((await answer.text()) || '{}') };
  };
  return {
    get home() {
      return home;
    },
    get konsole() {
      return konsole;
    },
    get gateway() {
      return gateway;
    },
    call,
    startGateway: async () => {
      gateway = new GatewayProcess(home, flags);
      await gateway.record();
    },
    createSession: async () => {
      const body = JSON.stringify({ provider: 'demo', projectPath: home });
      const { status, json } = await call('POST', '/api/providers/sessions', body);
      if (status !== 201) throw new Error(`no session was made: ${JSON.stringify(json)}`);
      return SessionId.parse(json['sessionId']);
    },
    closing: (client) => {
      clients.push(client);
      return client;
    },
  };
}
