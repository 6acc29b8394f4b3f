import { setTimeout as delay } from 'node:timers/promises';
import { ExitError, EXIT_CODES } from './exit-error.ts';
import { endProcesses, waitForEnd } from './processes/end-process.ts';
import type { ProcessIdentity } from './processes/process-identity.ts';
import { startDetached } from './processes/start-detached.ts';
import type { DetachedProcess, DetachedProgram } from './processes/start-detached.ts';

/** A gateway or host that lives. */
export interface RunningPart {
  readonly identity: ProcessIdentity;
  /** Resolves when the process has ended, and early when the signal aborts. */
  ended(signal: AbortSignal): Promise<void>;
}

/** One of the two parts that the launcher starts and watches. */
export interface Part {
  readonly name: 'konui' | 'konsole';
  /** One that lives and answers, whoever started it. */
  find(): Promise<ProcessIdentity | undefined>;
  /** How to start it. Asked anew for every start, so that a restarted gateway keeps the port that it was given. */
  program(): DetachedProgram;
}

/** Loading the TypeScript takes about a second; a busy machine with a cold disk needs far longer. */
const READY_TIMEOUT_MS = 60_000;
const READY_POLL_MS = 25;
/** How soon the end of a process that is not our child is noticed. */
const ADOPTED_POLL_MS = 500;
const END_GRACE_MS = 10_000;

/** Takes over a part that an earlier launcher started; undefined when there is none that answers. */
export async function adoptPart(part: Part): Promise<RunningPart | undefined> {
  const identity = await part.find();
  if (identity === undefined) return undefined;
  return {
    identity,
    async ended(signal) {
      while (!signal.aborted && (await waitForEnd([identity], 0)).length > 0) await pause(ADOPTED_POLL_MS, signal);
    },
  };
}

/**
 * Starts a part and waits until it answers. Throws an ExitError with the part's own last word and exit code if it
 * ends before that; an aborted or too slow start ends what it started.
 */
export async function startPart(part: Part, signal: AbortSignal): Promise<RunningPart> {
  const child = await startDetached(part.program());
  const { identity } = child;
  let exitCode: number | null | undefined;
  const exited = child.exited.then((code) => {
    exitCode = code;
  });
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (exitCode === undefined && !signal.aborted && performance.now() < deadline) {
    const found = await part.find();
    if (found !== undefined && found.pid === child.pid && exitCode === undefined) {
      return { identity: found, ended: (until) => untilAborted(exited, until) };
    }
    await Promise.race([exited, pause(READY_POLL_MS, signal)]);
  }
  if (exitCode === undefined) {
    if (identity !== undefined) await endProcesses([identity], { graceMs: END_GRACE_MS });
    const logFile = part.program().logFile;
    throw new ExitError(
      `${part.name} did not answer within ${READY_TIMEOUT_MS / 1000} s; see ${logFile}`,
      EXIT_CODES.failed,
    );
  }
  throw startFailure(part, child, exitCode);
}

function startFailure(part: Part, child: DetachedProcess, exitCode: number | null): ExitError {
  const lines = child.readLog().trimEnd().split('\n');
  const lastWord = lines.findLast((line) => line.startsWith('konui: ') || line.startsWith('konsole: '));
  const message =
    lastWord ?? `${part.name} ended while it started (exit code ${exitCode ?? 'none'}); see ${part.program().logFile}`;
  return new ExitError(message, exitCode === null || exitCode === 0 ? EXIT_CODES.failed : exitCode);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** Waits for the promise, or until the signal aborts. */
async function untilAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const onAbort = () => resolve();
  signal.addEventListener('abort', onAbort);
  await Promise.race([promise, aborted]);
  signal.removeEventListener('abort', onAbort);
}
