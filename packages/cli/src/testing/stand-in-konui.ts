// A gateway without a page for the launcher's tests: it writes its record and token, and answers health.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homePaths } from '@konui/protocol';
import type { GatewayRecord } from '@konui/protocol';
import { identifyProcess } from '../processes/process-identity.ts';
import { flagOf, refuseIf } from './stand-in.ts';

const home = flagOf('--home');
const host = flagOf('--host');
const port = Number(flagOf('--port'));
const paths = homePaths(home, { uid: process.getuid?.() ?? 0 });
if (!existsSync(paths.token)) writeFileSync(paths.token, 'secret', { mode: 0o600 });

const server = createServer((_, response) => response.end('{}'));
server.on('error', (error) =>
  refuseIf(true, `konui: port ${port} on ${host} is already in use (${error.message})`, 98),
);
server.listen(port, host, () => {
  const address = server.address() as AddressInfo;
  const identity = identifyProcess(process.pid);
  refuseIf(identity === undefined, 'konui: no identity', 1);
  const record = {
    ...identity,
    url: `http://${host}:${address.port}`,
    host,
    port: address.port,
    version: '0.0.0',
    args: process.argv.slice(3),
  };
  writeFileSync(paths.gatewayFile, JSON.stringify(record satisfies Partial<GatewayRecord>));
});
process.on('SIGTERM', () => {
  rmSync(paths.gatewayFile, { force: true });
  process.exit(0);
});
