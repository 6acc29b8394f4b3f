import { homePaths, type HomePaths, SessionId } from '@konui/protocol';
import { parseArgs } from 'node:util';

export interface RunnerConfig {
  readonly sessionId: SessionId;
  readonly paths: HomePaths;
  readonly logLevel: string;
  /** The log is known to have held events up to this one in its present epoch. */
  readonly knownSeq: number;
  /** Without work for this long the agent is ended and the runner leaves. */
  readonly idleMs: number;
  /** The same where no agent is alive. */
  readonly idleWithoutAgentMs: number;
  /** Read in the place of the machine's boot id; tests reboot by it. */
  readonly bootIdFile: string | undefined;
  /** What agents inherit. */
  readonly environment: NodeJS.ProcessEnv;
}

/** A warm agent costs 250–850 MB, so one that nobody talks to is ended. */
const IDLE_MS = 15 * 60_000;
const IDLE_WITHOUT_AGENT_MS = 60_000;

/** `runner --home <absolute path> --session <id> [--log-level <level>] [--known-seq <n>]`; KONUI_IDLE_MS shortens both idle times. */
export function parseRunnerConfig(args: readonly string[], environment: NodeJS.ProcessEnv): RunnerConfig {
  const { values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      home: { type: 'string' },
      session: { type: 'string' },
      'log-level': { type: 'string', default: 'info' },
      'known-seq': { type: 'string', default: '0' },
    },
  });
  const { home, session } = values;
  if (home === undefined) throw new Error('--home is missing');
  const idleMs = Number(environment['KONUI_IDLE_MS'] ?? IDLE_MS);
  return {
    sessionId: SessionId.parse(session),
    paths: homePaths(home, { uid: process.getuid?.() ?? 0 }),
    logLevel: values['log-level'],
    knownSeq: Number(values['known-seq']),
    idleMs,
    idleWithoutAgentMs: Math.min(idleMs, IDLE_WITHOUT_AGENT_MS),
    bootIdFile: environment['KONUI_BOOT_ID_FILE'],
    environment,
  };
}
