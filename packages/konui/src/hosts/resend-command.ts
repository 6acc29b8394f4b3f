import { setTimeout as delay } from 'node:timers/promises';
import { KonuiError } from '@konui/protocol';

/** Longer than a host takes to be started again. */
export const RESEND_FOR_MS = 5000;
const PAUSE_MS = 100;

export interface ResendOptions {
  /** How long after the first answer was lost, in milliseconds. */
  readonly forMs: number;
  /** Aborted when nothing more is to be sent. */
  readonly closed: AbortSignal;
}

/**
 * Sends a command, and again under the same id where its answer was lost (SPEC CMD1): the host does it once. Rejects
 * with the host's own error, or HOST_UNREACHABLE, which says whether it may have been taken.
 */
export async function resendCommand<T>(
  send: (signal?: AbortSignal) => Promise<T>,
  { forMs, closed }: ResendOptions,
): Promise<T> {
  let failure: unknown;
  try {
    return await send();
  } catch (error) {
    if (!isLost(error)) throw error;
    failure = error;
  }
  const signal = AbortSignal.any([closed, AbortSignal.timeout(forMs)]);
  while (await pause(signal)) {
    try {
      return await send(signal);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      failure = error;
    }
  }
  throw outcomeUnknown(failure);
}

/** Whether it was sent, so that the host may have taken it; where there was no connection it cannot have. */
function isLost(error: unknown): boolean {
  return isUnreachable(error) && !isNoConnection(error.cause);
}

function isUnreachable(error: unknown): error is KonuiError {
  return error instanceof KonuiError && error.code === 'HOST_UNREACHABLE';
}

function isNoConnection(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const isRefused = 'syscall' in cause && cause.syscall === 'connect';
  return isRefused || ('code' in cause && cause.code === 'UND_ERR_CONNECT_TIMEOUT');
}

/** Whether there is time left after it. */
async function pause(signal: AbortSignal): Promise<boolean> {
  try {
    await delay(PAUSE_MS, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return !signal.aborted;
}

function outcomeUnknown(cause: unknown): KonuiError {
  const detail =
    'the agent host went away while it took this: it may have been taken; ' +
    'sent again under the same id (idempotencyKey) it is done once; without one, look first whether it was done';
  return new KonuiError('HOST_UNREACHABLE', detail, { cause });
}
