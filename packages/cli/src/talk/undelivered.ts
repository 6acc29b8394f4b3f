import type { CommandOutcome } from '@konui/client';
import { EXIT_CODES, ExitError } from '../exit-error.ts';

/** Why a prompt or a stop did not reach its session. */
export function undelivered(outcome: Exclude<CommandOutcome, { state: 'accepted' }>): ExitError {
  return new ExitError(outcome.message, EXIT_CODES.failed, outcome.state === 'refused' ? { code: outcome.code } : {});
}
