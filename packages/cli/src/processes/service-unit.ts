import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hasCode } from './process-identity.ts';

/**
 * The systemd service that would kill a process together with all others of its control group; undefined when it is in
 * none, or the service has KillMode=process (systemd.kill(5)).
 */
export function groupKillingUnit(pid: number): string | undefined {
  const unit = parseServiceUnit(readControlGroups(pid));
  if (unit === undefined) return undefined;
  const args = [...(unit.isUserUnit ? ['--user'] : []), 'show', '--property=KillMode', '--value', unit.name];
  try {
    const mode = execFileSync('systemctl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return mode === 'process' || mode === 'none' ? undefined : unit.name;
  } catch (error) {
    // Inside a container there is a control group but nobody to ask about it.
    if (error instanceof Error) return unit.name;
    throw error;
  }
}

/** From `/proc/<pid>/cgroup`: the service that the process is in, if its innermost group is one. */
export function parseServiceUnit(text: string): { name: string; isUserUnit: boolean } | undefined {
  for (const line of text.split('\n')) {
    const [, controllers, path = ''] = line.split(':');
    if (controllers !== '' && controllers !== 'name=systemd') continue;
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (name.endsWith('.service')) return { name, isUserUnit: /\/user@\d+\.service\//.test(path) };
  }
  return undefined;
}

function readControlGroups(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cgroup`, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return '';
    throw error;
  }
}
