/** Exit codes of konsole, after sysexits(3). */
export const EXIT_CODES = { failed: 1, usage: 2, cannotCreate: 73, heldByAnother: 75, config: 78 } as const;

/** An expected failure at start: one line for the person, and the exit code for scripts. */
export class ExitError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ExitError';
    this.exitCode = exitCode;
  }
}
