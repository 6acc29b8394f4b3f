import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU time of all of a process's threads in microseconds, user and system, from /proc/<pid>/task/*\/schedstat: the same
 * sum as utime + stime in /proc/<pid>/stat, which counts in steps of 10 ms.
 */
export function readCpuUs(pid: number): number {
  const folder = `/proc/${pid}/task`;
  let ns = 0;
  for (const thread of readdirSync(folder))
    ns += Number(readFileSync(`${folder}/${thread}/schedstat`, 'utf8').split(' ')[0]);
  return ns / 1000;
}

/** Bytes that this process handed to write(2) and its kin: `wchar` of proc(5) io. */
export function readBytesWritten(): number {
  return Number(/^wchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
}
