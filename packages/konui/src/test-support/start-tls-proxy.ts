import { once } from 'node:events';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { createServer, request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ClientOptions } from 'ws';
import { type Certificate, createCertificate } from './certificate.ts';

export interface TlsProxyOptions {
  /** The gateway's, on loopback. */
  readonly targetPort: number;
  /** The name that its certificate is for; clients of the test reach it under that name. */
  readonly hostName: string;
}

export interface TlsProxy {
  /** Host name and port. */
  readonly host: string;
  /** For a WebSocket client: whom it trusts, and where the name leads. */
  readonly client: ClientOptions & { readonly lookup: LookupFunction };
  request(
    path: string,
    init?: { method?: string; headers?: Record<string, string>; body?: string },
  ): Promise<{ readonly status: number; readonly body: string }>;
  close(): Promise<void>;
}

/** A reverse proxy that ends TLS, and says by X-Forwarded-* what it was asked, as those in front of a Konui do. */
export async function startTlsProxy({ targetPort, hostName }: TlsProxyOptions): Promise<TlsProxy> {
  const certificate: Certificate = createCertificate(hostName);
  const forward = (incoming: IncomingMessage) =>
    requestHttp({
      host: '127.0.0.1',
      port: targetPort,
      method: incoming.method,
      path: incoming.url,
      headers: forwardedHeaders(incoming, targetPort),
    });
  const server = createServer(certificate, (incoming, answer) => {
    const outgoing = forward(incoming);
    outgoing.on('response', (upstream) => {
      answer.writeHead(upstream.statusCode ?? 502, upstream.headers);
      upstream.pipe(answer);
    });
    outgoing.on('error', () => answer.destroy());
    incoming.pipe(outgoing);
  });
  const tunnels = new Set<Duplex>();
  server.on('upgrade', (incoming: IncomingMessage, client: Duplex, head: Buffer) => {
    const outgoing = forward(incoming);
    outgoing.on('upgrade', (upstream, gateway, upstreamHead) => {
      client.write(`${headOf(upstream)}\r\n\r\n`);
      client.write(upstreamHead);
      gateway.write(head);
      join(client, gateway, tunnels);
    });
    outgoing.on('response', (upstream) => {
      client.write(`${headOf(upstream)}\r\n\r\n`);
      upstream.pipe(client);
    });
    outgoing.on('error', () => client.destroy());
    client.on('error', () => outgoing.destroy());
    outgoing.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const trust = { ca: certificate.cert, servername: hostName };

  return {
    host: `${hostName}:${port}`,
    client: { ...trust, lookup: toLoopback },
    request: (path, { method = 'GET', headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const target = { host: '127.0.0.1', port, path, method, agent: false };
        const sent = requestHttps({ ...target, ...trust, headers: { host: `${hostName}:${port}`, ...headers } });
        sent.on('response', (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
        });
        sent.on('error', reject);
        sent.end(body);
      }),
    async close() {
      for (const tunnel of tunnels) tunnel.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const toLoopback: LookupFunction = (_name, options, done) => {
  if (options.all === true) done(null, [{ address: '127.0.0.1', family: 4 }]);
  else done(null, '127.0.0.1', 4);
};

/** As nginx is usually told: the gateway's own address as Host, the client's in headers that nobody else may set. */
function forwardedHeaders({ headers, socket }: IncomingMessage, targetPort: number): NodeJS.Dict<string | string[]> {
  return {
    ...headers,
    host: `127.0.0.1:${targetPort}`,
    'x-forwarded-host': headers.host,
    'x-forwarded-proto': 'https',
    'x-forwarded-for': socket.remoteAddress,
  };
}

function headOf({ httpVersion, statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = [`HTTP/${httpVersion} ${statusCode} ${statusMessage}`];
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return lines.join('\r\n');
}

/** What either end has to say goes to the other, until one of them is gone. */
function join(client: Duplex, gateway: Duplex, tunnels: Set<Duplex>): void {
  for (const [from, to] of [
    [client, gateway],
    [gateway, client],
  ] as const) {
    tunnels.add(from);
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.once('close', () => {
      tunnels.delete(from);
      to.destroy();
    });
  }
}
