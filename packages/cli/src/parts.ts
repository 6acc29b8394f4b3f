import { GatewayRecord } from '@konui/protocol';
import type { HomePaths } from '@konui/protocol';
import type { StartOptions } from './config.ts';
import { readRecord } from './home.ts';
import { HostClient } from './host-client.ts';
import { httpGet } from './http-get.ts';
import type { Part } from './part.ts';
import { identifyProcess, isAlive } from './processes/process-identity.ts';
import type { ProcessIdentity } from './processes/process-identity.ts';

/** Absolute paths of the programs that are started: all that the command knows of the other packages. */
export interface Programs {
  readonly cli: string;
  readonly konsole: string;
  readonly konui: string;
}

export interface PartsOptions {
  readonly programs: Programs;
  readonly env: Readonly<Record<string, string>>;
  /** Flags of the gateway, the home aside. */
  readonly gatewayArgs: readonly string[];
}

/** The gateway's flags as the person chose them. */
export function toGatewayArgs({ port, host, logLevel, gatewayFlags }: StartOptions): string[] {
  return ['--port', String(port), '--host', host, '--log-level', logLevel, ...gatewayFlags];
}

export function createKonsolePart(paths: HomePaths, { programs, env, gatewayArgs }: PartsOptions): Part {
  const client = new HostClient(paths.konsoleSocket);
  const logLevel = flagValue(gatewayArgs, '--log-level') ?? 'info';
  return {
    name: 'konsole',
    async find() {
      const health = await client.health();
      return health === undefined ? undefined : identifyProcess(health.pid);
    },
    program: () => ({
      script: programs.konsole,
      args: ['konsole', '--home', paths.home, '--log-level', logLevel],
      env,
      folder: paths.home,
      logFile: `${paths.logs}/konsole.log`,
    }),
  };
}

export function createKonuiPart(paths: HomePaths, { programs, env, gatewayArgs }: PartsOptions): Part {
  let port: number | undefined;
  return {
    name: 'konui',
    async find() {
      const gateway = readGateway(paths);
      if (gateway === undefined || (await askHealth(gateway)) === undefined) return undefined;
      port = gateway.port;
      return gateway;
    },
    program: () => ({
      script: programs.konui,
      // A port that the system picked (--port 0) is kept: browser tabs come back to it.
      args: ['konui', '--home', paths.home, ...(port === undefined ? gatewayArgs : withPort(gatewayArgs, port))],
      env,
      folder: paths.home,
      logFile: `${paths.logs}/konui.log`,
    }),
  };
}

/** The gateway that has written its record and lives; whether it answers is another question. */
export function readGateway(paths: HomePaths): (GatewayRecord & ProcessIdentity) | undefined {
  const record = readRecord(paths.gatewayFile, GatewayRecord);
  return record !== undefined && isAlive(record) ? record : undefined;
}

/** The gateway that answers, and reaches its host. */
export async function findHealthyGateway(paths: HomePaths): Promise<GatewayRecord | undefined> {
  const gateway = readGateway(paths);
  return gateway !== undefined && (await askHealth(gateway)) === 200 ? gateway : undefined;
}

/** Status of `GET /healthz`: 200 when the gateway reaches its host; undefined when it does not answer. */
export async function askHealth(gateway: GatewayRecord): Promise<number | undefined> {
  return (await httpGet({ origin: gateway.url }, '/healthz'))?.status;
}

export function withPort(args: readonly string[], port: number): string[] {
  const index = args.indexOf('--port');
  return index === -1
    ? [...args, '--port', String(port)]
    : [...args.slice(0, index + 1), String(port), ...args.slice(index + 2)];
}

function flagValue(args: readonly string[], flag: string): string | undefined {
  const index = args.indexOf(flag);
  return index === -1 ? undefined : args[index + 1];
}
