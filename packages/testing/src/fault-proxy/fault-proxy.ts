import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { type Fault, ProxiedConnection } from './proxied-connection.ts';

/** What happens to a new connection. */
export interface ConnectionPlan {
  /** It is reset as soon as it is made. */
  readonly isRefused?: boolean;
  /** The server sees the client's first bytes on a second connection too; what it answers there is thrown away. */
  readonly isDuplicated?: boolean;
  readonly faults?: readonly Fault[];
}

export interface FaultProxyOptions {
  /** Port of 127.0.0.1 that connections go to; may be set later. */
  readonly targetPort?: number;
  /** Asked for each new connection, counted from 0. Default: nothing happens. */
  readonly plan?: (index: number) => ConnectionPlan;
}

/** A TCP proxy on a free port of 127.0.0.1 that does to connections what networks do. */
export interface FaultProxy {
  readonly port: number;
  /** Open ones, oldest first, dropped ones among them. */
  readonly connections: readonly ProxiedConnection[];
  /** How many connections have been tried. */
  readonly attempts: number;
  setTarget(port: number): void;
  setPlan(plan: (index: number) => ConnectionPlan): void;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startFaultProxy(options: FaultProxyOptions = {}): Promise<FaultProxy> {
  let { targetPort = 0, plan = (): ConnectionPlan => ({}) } = options;
  let attempts = 0;
  const connections = new Set<ProxiedConnection>();
  const strays = new Set<Socket>();

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const { isRefused = false, isDuplicated = false, faults = [] } = plan(attempts);
    attempts += 1;
    client.on('error', () => undefined);
    if (isRefused) {
      client.resetAndDestroy();
      return;
    }
    if (isDuplicated) duplicate(client, targetPort, strays);
    const upstream = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const connection = new ProxiedConnection(client, upstream);
    connections.add(connection);
    const forget = (): void => {
      if (client.destroyed && upstream.destroyed) connections.delete(connection);
    };
    client.on('close', forget);
    upstream.on('close', forget);
    for (const fault of faults) connection.apply(fault);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const connection of connections) connection.destroy();
    for (const stray of strays) stray.destroy();
    await closed;
  };
  return {
    port,
    get connections() {
      return [...connections];
    },
    get attempts() {
      return attempts;
    },
    setTarget(next) {
      targetPort = next;
    },
    setPlan(next) {
      plan = next;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function duplicate(client: Socket, targetPort: number, strays: Set<Socket>): void {
  const second = connect({ port: targetPort, host: '127.0.0.1' });
  strays.add(second);
  second.on('error', () => undefined);
  second.on('close', () => strays.delete(second));
  second.resume();
  client.once('data', (bytes: Buffer) => second.write(bytes));
  client.once('close', () => second.destroy());
}
