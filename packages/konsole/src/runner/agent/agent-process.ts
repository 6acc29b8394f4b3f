import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { LIFELINE } from './lifeline.ts';
import { MARKER_VARIABLE, toMarker } from './marked-processes.ts';

/** How an agent's program ended: `code` as a shell reports it (128 + n for a signal). */
export interface AgentExit {
  readonly code: number;
  readonly signal: NodeJS.Signals | null;
  /** The last thing that it said on stderr, for the error message. */
  readonly lastWords: string;
}

export interface AgentProcess {
  readonly pid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Settles when the program is gone and its output has been read. */
  readonly exited: Promise<AgentExit>;
  /** Lets the lifeline's watcher go: it ends what is left of this agent, and then itself. */
  release(): void;
}

export interface AgentLaunch {
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the runner's own environment. */
  readonly env: Readonly<Record<string, string>>;
}

export interface StartAgentOptions {
  readonly launch: AgentLaunch;
  readonly cwd: string;
  readonly sessionId: string;
  /** Half of the marker: a UUID of this start, such as the run's that it is for. */
  readonly startId: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly onStderr: (text: string) => void;
}

const LAST_WORDS_LENGTH = 400;

/** Starts the agent's program under the lifeline, in a process group of its own. */
export function startAgentProcess(options: StartAgentOptions): AgentProcess {
  const { launch, cwd, sessionId, startId, environment, onStderr } = options;
  const { [MARKER_VARIABLE]: _outer, ...inherited } = environment;
  const child = spawn(
    '/bin/sh',
    ['-c', LIFELINE, 'konui-agent', toMarker(sessionId, startId), launch.command, ...launch.args],
    { cwd, env: { ...inherited, ...launch.env }, detached: true, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] },
  );
  const { pid, stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error('the agent has no stdio');

  let lastWords = '';
  stderr.setEncoding('utf8');
  stderr.on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS_LENGTH);
    onStderr(text);
  });
  // Writing to an agent that has just exited fails with EPIPE; its exit says what there is to say.
  stdin.on('error', () => undefined);
  child.stdio[3]?.on('error', () => undefined);

  return {
    pid: pid ?? 0,
    stdin,
    stdout,
    exited: waitForExit(child, () => lastWords.trim()),
    release: () => child.stdio[3]?.destroy(),
  };
}

function waitForExit(child: ChildProcess, lastWords: () => string): Promise<AgentExit> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 127, signal: null, lastWords: error.message }));
    // Not 'close': a command that the agent left behind may hold the pipes open for hours.
    child.once('exit', (code, signal) => {
      setImmediate(() => resolve({ code: code ?? 128 + signalNumber(signal), signal, lastWords: lastWords() }));
    });
  });
}

function signalNumber(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : constants.signals[signal];
}
