import { setTimeout as delay } from 'node:timers/promises';
import { GatewayRecord } from '@konui/protocol';
import type { HomePaths } from '@konui/protocol';
import { EXIT_CODES, ExitError } from './exit-error.ts';
import { locateHome, readRecord } from './home.ts';
import { acquireLauncherLock } from './launcher-lock.ts';
import { startPart } from './part.ts';
import { createKonsolePart, createKonuiPart, findHealthyGateway, toGatewayArgs, withPort } from './parts.ts';
import type { Programs } from './parts.ts';
import type { StartOptions } from './config.ts';
import { endProcesses } from './processes/end-process.ts';
import { environmentOf } from './processes/environment-of.ts';
import { listPartProcesses } from './processes/process-table.ts';

const END_GRACE_MS = 10_000;
const HEALTHY_TIMEOUT_MS = 60_000;
const HEALTHY_POLL_MS = 50;

export interface RestartOptions {
  readonly programs: Programs;
  /** Environment for the parts where the one of those that are replaced cannot be read. */
  readonly env: Readonly<Record<string, string>>;
  /** Settings for a gateway that left no record of its own. */
  readonly fallback: StartOptions;
  print(line: string): void;
}

/**
 * Ends gateway and host and waits for new ones; runs go on. A living launcher starts them, otherwise this process
 * does. It may itself be part of a run: nothing that it needs hangs off what it ends.
 */
export async function restart(home: string, options: RestartOptions): Promise<void> {
  const paths = locateHome(home);
  const parts = listPartProcesses(paths.home).filter(({ part }) => part === 'konui' || part === 'konsole');
  if (parts.length === 0) {
    throw new ExitError(`nothing runs for ${paths.home}; start it with: konui start`, EXIT_CODES.notRunning);
  }
  const record = readRecord(paths.gatewayFile, GatewayRecord);
  const pids = new Set(parts.map(({ identity }) => identity.pid));
  // An agent's environment is not the one that agents should inherit from a host.
  const env =
    parts.map(({ identity }) => environmentOf(identity.pid)).find((found) => found !== undefined) ?? options.env;

  const lock = acquireLauncherLock(paths);
  try {
    const left = await endProcesses(
      parts.map(({ identity }) => identity),
      { graceMs: END_GRACE_MS },
    );
    if (left.length > 0) {
      throw new ExitError(`process ${left.map(({ pid }) => pid).join(', ')} could not be ended`, EXIT_CODES.failed);
    }
    if (lock !== undefined) {
      const gatewayArgs =
        record === undefined ? toGatewayArgs(options.fallback) : withPort(toFlags(record.args), record.port);
      const partsOptions = { programs: options.programs, env, gatewayArgs };
      const { signal } = new AbortController();
      await startPart(createKonsolePart(paths, partsOptions), signal);
      await startPart(createKonuiPart(paths, partsOptions), signal);
    }
    const gateway = await waitForNewGateway(paths, pids);
    options.print(`Konui is ready: ${gateway.url}/`);
  } finally {
    lock?.release();
  }
}

async function waitForNewGateway(paths: HomePaths, oldPids: ReadonlySet<number>): Promise<GatewayRecord> {
  const deadline = performance.now() + HEALTHY_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const gateway = await findHealthyGateway(paths);
    if (gateway !== undefined && !oldPids.has(gateway.pid)) return gateway;
    await delay(HEALTHY_POLL_MS);
  }
  throw new ExitError(`the new gateway does not get ready; see ${paths.logs}`, EXIT_CODES.failed);
}

/** The recorded command line without what every start adds itself. */
function toFlags(args: readonly string[]): string[] {
  const flags = args[0] === 'konui' ? args.slice(1) : [...args];
  const home = flags.indexOf('--home');
  if (home !== -1) flags.splice(home, 2);
  return flags;
}
