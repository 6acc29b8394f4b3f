import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { HEARTBEAT, VERSION } from '@konui/protocol';
import pino from 'pino';
import { recordFirstToken } from './access/first-token.ts';
import { type Config, parseConfig } from './config.ts';
import { createGateway, type Gateway } from './create-gateway.ts';
import { createLogger } from './create-logger.ts';
import { openDatabase } from './database.ts';
import { identifyThisProcess, removeGatewayRecord, writeGatewayRecord } from './gateway-record.ts';
import { HostClient } from './hosts/host-client.ts';
import { prepareHome } from './prepare-home.ts';
import { EXIT_CODES, StartupError } from './startup-error.ts';

/** A reload, or a phone that changes its network, comes back within this. */
const LINGER_MS = 10_000;
/** Whoever stops the gateway does not wait longer than this for clients that do not answer. */
const STOP_TIMEOUT_MS = 1800;

try {
  await start();
} catch (error) {
  if (!(error instanceof StartupError)) throw error;
  process.stderr.write(`konui: ${error.message}\n`);
  process.exitCode = error.exitCode;
}

async function start(): Promise<void> {
  const args = process.argv.slice(2);
  const config = parseConfig(args, process.env);
  const paths = prepareHome(config.home);
  const database = openHomeDatabase(paths.gatewayDatabase);
  const log = createLogger(config.logLevel, pino.destination({ dest: 2, sync: true }));
  const host = new HostClient({ socketPath: paths.konsoleSocket });
  const gateway = createGateway({
    config,
    database,
    host,
    log,
    version: VERSION,
    heartbeat: HEARTBEAT,
    lingerMs: LINGER_MS,
    clock: { date: () => new Date(), monotonicMs: () => performance.now() },
    createId: randomUUID,
    homeFolder: homedir(),
    layoutsFolder: paths.layouts,
  });
  try {
    adoptFirstToken(paths.token, gateway);
    const port = await listen(gateway, config);
    const url = `http://${nameOf(config.host)}:${port}`;
    writeGatewayRecord(paths.gatewayFile, {
      ...identifyThisProcess(),
      url,
      host: config.host,
      port,
      version: VERSION,
      args,
    });
    log.info({ address: `${config.host}:${port}`, home: paths.home }, 'listening');
  } catch (error) {
    await gateway.close();
    await host.close();
    throw error;
  }

  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    const timer = setTimeout(() => process.exit(0), STOP_TIMEOUT_MS);
    removeGatewayRecord(paths.gatewayFile, process.pid);
    await gateway.close();
    await host.close();
    database.close();
    clearTimeout(timer);
    log.info('stopped');
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

function openHomeDatabase(file: string) {
  try {
    return openDatabase(file);
  } catch (error) {
    throw new StartupError(`${file} cannot be opened (${wordsOf(error)})`, EXIT_CODES.cannotCreate, { cause: error });
  }
}

function adoptFirstToken(file: string, gateway: Gateway): void {
  try {
    recordFirstToken(file, gateway.tokens);
  } catch (error) {
    throw new StartupError(wordsOf(error), EXIT_CODES.config, { cause: error });
  }
}

async function listen(gateway: Gateway, { host, port }: Config): Promise<number> {
  try {
    return await gateway.listen();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      const message = `port ${port} on ${host} is already in use by another program; choose another one with --port`;
      throw new StartupError(message, EXIT_CODES.addressInUse, { cause: error });
    }
    const message = `${host} port ${port} cannot be listened on (${wordsOf(error)}); choose others with --host and --port`;
    throw new StartupError(message, EXIT_CODES.config, { cause: error });
  }
}

/** How a browser on this machine names the address that the gateway listens on. */
function nameOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return isIP(host) === 6 ? `[${host}]` : host;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
