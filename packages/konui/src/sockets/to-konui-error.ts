import { KonuiError } from '@konui/protocol';

/** What a client is told of a failure. */
export function toKonuiError(error: unknown): KonuiError {
  return error instanceof KonuiError
    ? error
    : new KonuiError('INTERNAL_ERROR', 'this failed inside the gateway; see its log', { cause: error });
}
