import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLayoutsApi } from '../api/layouts-api.ts';
import type { Connection } from '../connection/connection-options.ts';
import { Harness, reaches } from '../testing/harness.ts';
import { createKontaskLayouts, type KontaskLayouts } from './kontask-layouts.ts';

let harness: Harness;
let connection: Connection;
let rest: Server;
let layouts: KontaskLayouts;
/** What REST says; undefined while it is away. */
let types: readonly string[] | undefined;

beforeEach(async () => {
  types = [];
  rest = createServer((_request, response) => {
    const layout = { fields: [{ label: 'Request', path: 'context.request', format: 'text' }] };
    const listed = types?.map((type) => ({ type, file: `${type}.json`, version: '1', layout }));
    response.statusCode = types === undefined ? 503 : 200;
    response.end(JSON.stringify({ folder: '/src/layouts', layouts: listed, problems: [] }));
  });
  rest.listen(0, '127.0.0.1');
  await once(rest, 'listening');
  harness = await Harness.start();
  connection = await harness.connected();
});
afterEach(async () => {
  layouts.close();
  await harness.stop();
  rest.close();
  rest.closeAllConnections();
  await once(rest, 'close');
});

function open(): void {
  const address = rest.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  layouts = createKontaskLayouts(connection, createLayoutsApi({ baseUrl: `http://127.0.0.1:${port}`, token: 't' }));
}

function seen(): string {
  const now = layouts.get();
  return now.state === 'ready' ? now.answer.layouts.map(({ type }) => type).join(' ') : now.state;
}

async function until(wanted: string): Promise<void> {
  while (seen() !== wanted) {
    await new Promise<void>((resolve) => {
      const remove = layouts.subscribe(() => {
        remove();
        resolve();
      });
    });
  }
}

describe('[B6] the layouts of kontasks', () => {
  it('are as they are now after each change of their folder, and after a reconnect', async () => {
    types = ['general'];
    open();
    expect(seen()).toBe('loading');
    await until('general');
    types = ['general', 'review'];
    harness.gateway.broadcast({ kind: 'kontask_layouts_changed' });
    await until('general review');
    harness.gateway.cut();
    await reaches(connection, 'waiting');
    types = ['review'];
    connection.retry();
    await until('review');
  });

  it('stay what they were while the gateway is away, and fail only where they were never there', async () => {
    types = undefined;
    open();
    await until('failed');
    types = ['general'];
    layouts.refresh();
    await until('general');
    types = undefined;
    const answered = once(rest, 'request');
    layouts.refresh();
    await answered;
    types = ['later'];
    layouts.refresh();
    await until('later');
  });
});
