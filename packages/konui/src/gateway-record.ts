import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { GatewayRecord } from '@konui/protocol';
import { writeAtomically } from './write-atomically.ts';

/** Who this process is among all that ever had its pid. */
export function identifyThisProcess(): Pick<GatewayRecord, 'pid' | 'startTime' | 'bootId'> {
  const { pid } = process;
  if (process.platform === 'linux') {
    // proc(5): the second field is a name in parentheses that may itself hold spaces and parentheses; the start time
    // is the 22nd, in clock ticks since boot.
    const stat = readFileSync('/proc/self/stat', 'latin1');
    const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    return { pid, startTime, bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() };
  }
  const startTime = outputOf('ps', ['-o', 'lstart=', '-p', String(pid)]);
  return {
    pid,
    startTime: startTime.split(/\s+/).join(' '),
    bootId: outputOf('sysctl', ['-n', 'kern.bootsessionuuid']),
  };
}

/** Says where the gateway listens (mode 0600, never seen half written). */
export function writeGatewayRecord(file: string, record: GatewayRecord): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeAtomically(file, `${JSON.stringify(record, null, 2)}\n`);
}

/** Removes the record if it is this process's: another gateway may have taken its place. */
export function removeGatewayRecord(file: string, pid: number): void {
  try {
    const record = GatewayRecord.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (record.success && record.data.pid !== pid) return;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    if (!(error instanceof SyntaxError)) throw error;
  }
  rmSync(file, { force: true });
}

function outputOf(file: string, args: readonly string[]): string {
  return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
