// Finds processes that a test run has left behind.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * The living processes whose command line or environment contains the text, this one aside: every process that a test
 * starts inherits TMPDIR or names a home below it, however far it has detached itself.
 */
export function processesNaming(text) {
  const all = existsSync('/proc/self/environ') ? readProc() : readPs();
  return all.filter(({ pid, all: words }) => pid !== process.pid && words.includes(text));
}

function readProc() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        const environment = readFileSync(`/proc/${name}/environ`, 'utf8');
        return [{ pid: Number(name), command, all: `${command}\0${environment}` }];
      } catch (error) {
        // It has ended, or is another user's.
        if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(error.code)) return [];
        throw error;
      }
    });
}

function readPs() {
  const lines = execFileSync('ps', ['-axww', '-E', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [, pid, words] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
      return { pid: Number(pid), command: words ?? '', all: words ?? '' };
    });
}
