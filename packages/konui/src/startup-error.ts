/** Exit codes of a start that failed; those of sysexits.h where there is one. */
export const EXIT_CODES = { cannotCreate: 73, config: 78, addressInUse: 98 } as const;

/** The gateway cannot start: one line for the person at the terminal, and an exit code for the launcher. */
export class StartupError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartupError';
    this.exitCode = exitCode;
  }
}
