import { KonuiError, toErrorBody } from '@konui/protocol';
import { z } from 'zod';

export interface ErrorLog {
  error(fields: { err: unknown }, message: string): void;
}

/** Any thrown value as an HTTP answer (SPEC HOST2). What nobody foresaw is logged, and its words stay here. */
export function toErrorResponse(thrown: unknown, log: ErrorLog): Response {
  const error = toKonuiError(thrown);
  if (error.code === 'INTERNAL_ERROR') log.error({ err: thrown }, 'a request failed');
  return Response.json(toErrorBody(error), { status: error.httpStatus });
}

function toKonuiError(thrown: unknown): KonuiError {
  if (thrown instanceof KonuiError) return thrown;
  if (thrown instanceof z.core.$ZodError)
    return new KonuiError('INVALID_MESSAGE', describeIssue(thrown), { cause: thrown });
  if (isDiskFull(thrown)) {
    return new KonuiError('STORAGE_FULL', 'no space is left on the disk; free some', { cause: thrown });
  }
  return new KonuiError('INTERNAL_ERROR', 'the host failed; its log says why', { cause: thrown });
}

/** A quota that is used up passes like a full disk does. */
function isDiskFull(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOSPC' || thrown.code === 'EDQUOT');
}

function describeIssue(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'the message is not valid';
  const field = issue.path.join('.');
  return field === '' ? issue.message : `${field}: ${issue.message}`;
}
