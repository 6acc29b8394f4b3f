import { extname, join } from 'node:path';
import { homePaths, KonuiError } from '@konui/protocol';
import { pino } from 'pino';
import { listProviders } from './agents/list-providers.ts';
import type { Machine } from './agents/machine.ts';
import { parseKonsoleConfig } from './config.ts';
import { createHost } from './create-host.ts';
import { EXIT_CODES, ExitError } from './exit-error.ts';
import { prepareHome, removeStaleSocket } from './prepare-home.ts';

const STDERR = 2;

async function main(): Promise<void> {
  const config = parseKonsoleConfig(process.argv.slice(2), process.env);
  const logger = pino(
    { level: config.logLevel, base: { part: 'konsole', pid: process.pid } },
    pino.destination({ fd: STDERR, sync: true }),
  );
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'konsole ends, because of an error that nobody foresaw');
    process.exit(EXIT_CODES.failed);
  });
  const paths = homePaths(config.home, { uid: process.getuid?.() ?? 0 });
  const lock = prepareHome(paths);
  removeStaleSocket(paths.konsoleSocket);
  const machine: Machine = {
    paths,
    env: config.runnerEnvironment,
    nodePath: process.execPath,
    demoPath: programBeside('agents/demo'),
  };
  requireReadableAgents(machine);

  const host = await createHost({
    paths,
    logger,
    machine,
    maxWarmAgents: config.maxWarmAgents,
    listProviders: async () => listProviders(machine),
    runner: {
      nodePath: process.execPath,
      scriptPath: programBeside('runner'),
      home: config.home,
      logLevel: config.logLevel,
      environment: config.runnerEnvironment,
    },
  });
  let isLeaving = false;
  const leave = async () => {
    if (isLeaving) return;
    isLeaving = true;
    await host.close();
    lock.release();
    logger.info('konsole leaves');
    process.exit(0);
  };
  process.on('SIGTERM', () => void leave());
  // Ctrl-C is for the launcher, which then says SIGTERM.
  process.on('SIGINT', () => void leave());
  await host.listen();
}

/** TypeScript in a clone, JavaScript in the published package, in the same places. */
function programBeside(folder: string): string {
  return join(import.meta.dirname, folder, `main${extname(import.meta.filename)}`);
}

/** A broken agents.json is said at once; one that breaks later fails the requests that need it. */
function requireReadableAgents(machine: Machine): void {
  try {
    listProviders(machine);
  } catch (error) {
    if (error instanceof KonuiError) throw new ExitError(error.message, EXIT_CODES.config, { cause: error });
    throw error;
  }
}

try {
  await main();
} catch (error) {
  const exitCode = error instanceof ExitError ? error.exitCode : EXIT_CODES.failed;
  const reason =
    error instanceof ExitError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`konsole: ${reason}\n`);
  process.exit(exitCode);
}
