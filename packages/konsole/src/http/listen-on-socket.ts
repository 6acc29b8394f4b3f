import { chmodSync } from 'node:fs';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { HostEnvironment } from './create-app.ts';

/** After the streams have been ended, a connection that is still busy gets this long. */
const CLOSE_MS = 500;

export interface SocketServer {
  close(): Promise<void>;
}

/** Serves the app on a unix socket, mode 0600, in a folder that is private already. */
export async function listenOnSocket(app: Hono<HostEnvironment>, socketPath: string): Promise<SocketServer> {
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => {
      server.off('error', reject);
      resolve();
    });
  });
  chmodSync(socketPath, 0o600);
  return {
    async close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      const impatience = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
      await closed;
      clearTimeout(impatience);
    },
  };
}
