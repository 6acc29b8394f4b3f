export { createHost, type Host, type HostOptions } from './create-host.ts';
export { EXIT_CODES, ExitError } from './exit-error.ts';
export { prepareHome, removeStaleSocket } from './prepare-home.ts';
export type { RunnerProgram } from './sessions/start-runner.ts';
