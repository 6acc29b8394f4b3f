/** The value of a flag on this process's command line. */
export function flagOf(flag: string): string {
  return process.argv[process.argv.indexOf(flag) + 1] ?? '';
}

/** Ends the process as a part does that cannot start: its last word on stderr, and an exit code. */
export function refuseIf(condition: boolean, lastWord: string, exitCode: number): void {
  if (!condition) return;
  process.stderr.write(`${lastWord}\n`);
  process.exit(exitCode);
}
