import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** Names the machine's current boot: proc(5) random/boot_id on Linux, the kern.bootsessionuuid sysctl on macOS. */
export function readBootId(): string {
  if (process.platform === 'darwin') {
    return execFileSync('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8' }).trim();
  }
  return fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}
