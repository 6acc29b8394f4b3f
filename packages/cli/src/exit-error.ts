/** Exit codes of the command, after sysexits(3) where that has one. */
export const EXIT_CODES = { failed: 1, usage: 2, notRunning: 3, cannotCreate: 73 } as const;

/** What a script is told of a failure that has no code of its own (SPEC, errors). */
const CODE_NAMES: Readonly<Record<number, string>> = {
  [EXIT_CODES.usage]: 'USAGE',
  [EXIT_CODES.notRunning]: 'NOT_RUNNING',
  [EXIT_CODES.cannotCreate]: 'CANNOT_CREATE',
};

interface ExitErrorOptions extends ErrorOptions {
  /** The code that the gateway gave it. */
  readonly code?: string;
}

/** An expected failure of a command: one line for the person at the terminal, and the exit code for scripts. */
export class ExitError extends Error {
  readonly exitCode: number;
  readonly code: string | undefined;

  constructor(message: string, exitCode: number, { code, ...options }: ExitErrorOptions = {}) {
    super(message, options);
    this.name = 'ExitError';
    this.exitCode = exitCode;
    this.code = code;
  }
}

/** For a person. */
export function formatError({ message, code }: ExitError): string {
  return code === undefined ? message : `${message} (${code})`;
}

/** For a script, in the shape of the errors of the REST API. */
export function toErrorBody({ message, code, exitCode }: ExitError): { error: { code: string; message: string } } {
  return { error: { code: code ?? CODE_NAMES[exitCode] ?? 'FAILED', message } };
}
