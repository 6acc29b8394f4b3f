/** Exit codes of the command, after sysexits(3) where that has one. */
export const EXIT_CODES = { failed: 1, usage: 2, notRunning: 3, cannotCreate: 73 } as const;

/** An expected failure of a command: one line for the person at the terminal, and the exit code for scripts. */
export class ExitError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ExitError';
    this.exitCode = exitCode;
  }
}
