import { DOORBELL_VERSION, SessionRecord, sessionPaths } from '@konui/protocol';
import type { HomePaths, SessionInfo } from '@konui/protocol';
import { locateHome, readRecord } from './home.ts';
import { HostClient } from './host-client.ts';
import { findLauncher } from './launcher-lock.ts';
import { askHealth, readGateway } from './parts.ts';
import { listPartProcesses } from './processes/process-table.ts';
import type { PartProcess } from './processes/process-table.ts';
import { groupKillingUnit } from './processes/service-unit.ts';
import { readHello } from './read-hello.ts';

export interface Status {
  readonly home: string;
  readonly url: string | null;
  readonly konui: PartStatus;
  readonly konsole: PartStatus;
  /** Pid of the process that starts gateway and host again when they die. */
  readonly launcherPid: number | null;
  readonly runners: readonly RunnerStatus[];
  readonly warnings: readonly string[];
}

export interface PartStatus {
  readonly state: 'ready' | 'not responding' | 'not running';
  readonly pid: number | null;
}

export interface RunnerStatus {
  readonly pid: number;
  readonly part: 'runner' | 'terminal';
  readonly sessionId: string | null;
  readonly provider: string | null;
  /** `unknown` when no host answers. */
  readonly state: 'running' | 'idle' | 'unknown';
}

/** What runs for a home. */
export async function readStatus(home: string): Promise<Status> {
  const paths = locateHome(home);
  const processes = listPartProcesses(paths.home);
  const host = new HostClient(paths.konsoleSocket);
  const gateway = readGateway(paths);
  const [gatewayHealth, hostHealth, running, otherVersions] = await Promise.all([
    gateway === undefined ? undefined : askHealth(gateway),
    host.health(),
    host.runningSessions(),
    findOtherVersions(paths, processes),
  ]);
  const konuiPid = gateway?.pid ?? pidOf(processes, 'konui');
  const konsolePid = hostHealth?.pid ?? pidOf(processes, 'konsole');
  const unit = konsolePid === null ? undefined : groupKillingUnit(konsolePid);
  return {
    home: paths.home,
    url: gateway === undefined ? null : `${gateway.url}/`,
    konui: { state: toState(konuiPid, gatewayHealth === 200), pid: konuiPid },
    konsole: { state: toState(konsolePid, hostHealth !== undefined), pid: konsolePid },
    launcherPid: findLauncher(paths)?.pid ?? null,
    runners: processes.flatMap((process) => toRunner(paths, process, hostHealth === undefined ? undefined : running)),
    warnings: [
      ...(unit === undefined
        ? []
        : [`${unit} kills its whole control group when it stops, runs included; set KillMode=process in it`]),
      ...otherVersions,
    ],
  };
}

export function isReady(status: Status): boolean {
  return status.konui.state === 'ready' && status.konsole.state === 'ready';
}

/** The status as a table for people. */
export function formatStatus(status: Status): string {
  const rows = [
    ['konui', toCell(status.konui.pid), status.konui.state, status.url ?? ''],
    ['konsole', toCell(status.konsole.pid), status.konsole.state, status.home],
    ...status.runners.map(({ part, pid, state, provider, sessionId }) => [
      part,
      toCell(pid),
      state,
      [provider, sessionId].filter((cell) => cell !== null).join('  '),
    ]),
  ];
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = [width(0), width(1), width(2)];
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...status.warnings.map((warning) => `warning: ${warning}`)].join('\n');
}

/** A runner outlives an upgrade; the host reads its files and cannot ring it. */
async function findOtherVersions(paths: HomePaths, processes: readonly PartProcess[]): Promise<string[]> {
  const found = await Promise.all(
    processes.map(async ({ part, sessionId, identity }) => {
      if (part !== 'runner' || sessionId === undefined) return [];
      const hello = await readHello(sessionPaths(paths, sessionId).socket);
      if (hello === undefined || hello.version === DOORBELL_VERSION) return [];
      const versions = `its doorbell has version ${hello.version}, this one's ${DOORBELL_VERSION}`;
      return [
        `runner ${identity.pid} is of another version of Konui (${versions}); it goes on until its session is idle`,
      ];
    }),
  );
  return found.flat();
}

function toRunner(paths: HomePaths, process: PartProcess, running: readonly SessionInfo[] | undefined): RunnerStatus[] {
  const { part, sessionId, identity } = process;
  if (part !== 'runner' && part !== 'terminal') return [];
  const record =
    sessionId === undefined ? undefined : readRecord(sessionPaths(paths, sessionId).session, SessionRecord);
  const isRunning = running?.some((session) => session.sessionId === sessionId);
  return [
    {
      pid: identity.pid,
      part,
      sessionId: sessionId ?? null,
      provider: record?.provider ?? null,
      state: isRunning === undefined ? 'unknown' : isRunning ? 'running' : 'idle',
    },
  ];
}

function toState(pid: number | null, answers: boolean): PartStatus['state'] {
  if (pid === null) return 'not running';
  return answers ? 'ready' : 'not responding';
}

function pidOf(processes: readonly PartProcess[], part: string): number | null {
  return processes.find((process) => process.part === part)?.identity.pid ?? null;
}

function toCell(pid: number | null): string {
  return pid === null ? '-' : String(pid);
}
