import { setTimeout as delay } from 'node:timers/promises';
import type { GatewayRecord, HomePaths } from '@konui/protocol';
import { signInLink } from './announce.ts';
import { writeCommandShim } from './command-shim.ts';
import type { StartOptions } from './config.ts';
import { endRuns } from './end-runs.ts';
import { EXIT_CODES, ExitError } from './exit-error.ts';
import { createHome } from './home.ts';
import { HostClient } from './host-client.ts';
import type { Interrupts } from './interrupts.ts';
import { acquireLauncherLock } from './launcher-lock.ts';
import { adoptPart, startPart } from './part.ts';
import type { Part, RunningPart } from './part.ts';
import {
  askHealth,
  createKonsolePart,
  createKonuiPart,
  findHealthyGateway,
  readGateway,
  toGatewayArgs,
} from './parts.ts';
import type { Programs } from './parts.ts';
import { endProcesses } from './processes/end-process.ts';
import { isStopping } from './stop.ts';
import { supervise } from './supervise.ts';

/** What the command needs of the world. */
export interface World {
  readonly programs: Programs;
  /** Environment of gateway and host. */
  readonly env: Readonly<Record<string, string>>;
  readonly interrupts: Interrupts;
  /** A line on stdout. */
  readonly print: (line: string) => void;
  /** A sentence on stderr. */
  readonly say: (message: string) => void;
  readonly openBrowser: (link: string) => void;
}

const HEALTHY_TIMEOUT_MS = 60_000;
const HEALTHY_POLL_MS = 50;
/** How long a second Ctrl-C is waited for while runs are going. */
const SECOND_CTRL_C_MS = 2_000;
/** Gateway and host have nothing to save; longer than this means that one hangs. */
const END_GRACE_MS = 10_000;

/** Starts what is missing, prints the link, and watches over gateway and host until an interrupt. Resolves to an exit code. */
export async function start(home: string, options: StartOptions, world: World): Promise<number> {
  const paths = createHome(home, world.say);
  const lock = await lockUnlessRunning(paths, world);
  if (lock === undefined) return 0;
  try {
    writeCommandShim(paths.home, world.programs.cli);
    return await launch(paths, options, world);
  } finally {
    lock.release();
  }
}

/** Announces a gateway that runs already, and resolves to undefined; otherwise to the right to start one. */
async function lockUnlessRunning(paths: HomePaths, world: World) {
  const deadline = performance.now() + HEALTHY_TIMEOUT_MS;
  for (;;) {
    const gateway = await findHealthyGateway(paths);
    if (gateway !== undefined) {
      announce(paths, gateway, world);
      return undefined;
    }
    const lock = acquireLauncherLock(paths);
    if (lock !== undefined) return lock;
    if (performance.now() > deadline) {
      throw new ExitError(
        `another start of ${paths.home} is at work and does not get ready; see ${paths.logs}, or end it with: konui stop`,
        EXIT_CODES.failed,
      );
    }
    await delay(HEALTHY_POLL_MS);
  }
}

async function launch(paths: HomePaths, options: StartOptions, world: World): Promise<number> {
  const { programs, env, interrupts } = world;
  const partsOptions = { programs, env, gatewayArgs: toGatewayArgs(options) };
  const konsole = createKonsolePart(paths, partsOptions);
  const konui = createKonuiPart(paths, partsOptions);
  const started: RunningPart[] = [];
  const stopping = new AbortController();
  const stopListening = interrupts.onInterrupt(() => stopping.abort());
  const bringUp = async (part: Part) => {
    const adopted = await adoptPart(part);
    if (adopted !== undefined) return adopted;
    const running = await startPart(part, stopping.signal);
    started.push(running);
    return running;
  };
  let runningKonsole: RunningPart;
  let runningKonui: RunningPart;
  try {
    runningKonsole = await bringUp(konsole);
    await endHangingGateway(paths);
    runningKonui = await bringUp(konui);
    announce(paths, await waitUntilHealthy(paths, stopping.signal), world);
  } catch (error) {
    await endParts(started);
    if (stopping.signal.aborted) return 0;
    throw error;
  } finally {
    stopListening();
  }

  const watching = new AbortController();
  const { say } = world;
  const watched = [
    supervise(konsole, runningKonsole, { signal: watching.signal, say }),
    supervise(konui, runningKonui, { signal: watching.signal, say }),
  ];
  const endsRuns = await waitForInterrupt(paths, world);
  watching.abort();
  const living = await Promise.all(watched);
  const secondCtrlC = new AbortController();
  const pressedAgain = interrupts.next(secondCtrlC.signal);
  await endParts(living.filter((part) => part !== undefined));
  secondCtrlC.abort();
  if (endsRuns || (await pressedAgain) === 'ctrl-c') await endRuns(paths.home);
  return 0;
}

/** Resolves when gateway and host are to end; to true when the runs are to end with them. */
async function waitForInterrupt(paths: HomePaths, { interrupts, say }: World): Promise<boolean> {
  const interrupt = await interrupts.next();
  const runs = (await new HostClient(paths.konsoleSocket).runningSessions()).length;
  if (runs === 0) return false;
  const these = runs === 1 ? '1 run' : `${runs} runs`;
  if (interrupt === 'end') {
    if (isStopping(paths)) say(`konui stop ends this, and ${these} with it`);
    else say(`${these} in progress, going on in the background; konui stop ends ${runs === 1 ? 'it' : 'them'}`);
    return false;
  }
  say(`Ctrl-C again ends ${these}; otherwise ${runs === 1 ? 'it goes' : 'they go'} on in the background`);
  return (await interrupts.next(AbortSignal.timeout(SECOND_CTRL_C_MS))) === 'ctrl-c';
}

async function waitUntilHealthy(paths: HomePaths, signal: AbortSignal): Promise<GatewayRecord> {
  const deadline = performance.now() + HEALTHY_TIMEOUT_MS;
  while (!signal.aborted && performance.now() < deadline) {
    const gateway = await findHealthyGateway(paths);
    if (gateway !== undefined) return gateway;
    await delay(HEALTHY_POLL_MS);
  }
  throw new ExitError(`konui answers but does not reach konsole; see ${paths.logs}`, EXIT_CODES.failed);
}

/** A gateway that lives but does not answer would keep its port from the new one. */
async function endHangingGateway(paths: HomePaths): Promise<void> {
  const gateway = readGateway(paths);
  if (gateway !== undefined && (await askHealth(gateway)) === undefined) {
    await endProcesses([gateway], { graceMs: END_GRACE_MS });
  }
}

async function endParts(parts: readonly RunningPart[]): Promise<void> {
  await endProcesses(
    parts.map(({ identity }) => identity),
    { graceMs: END_GRACE_MS },
  );
}

function announce(paths: HomePaths, gateway: GatewayRecord, world: World): void {
  const link = signInLink(paths, gateway);
  world.print(`Konui is ready: ${link}`);
  world.openBrowser(link);
}
