import { KonuiError, toErrorBody } from '@konui/protocol';
import type { Context } from 'hono';
import type { Logger } from 'pino';
import type { HttpEnvironment } from './http-environment.ts';

/** Answers with the error's code and status; what is no KonuiError is a defect of ours, and told to the log alone. */
export function answerError(error: unknown, context: Context<HttpEnvironment>, log: Logger): Response {
  const known =
    error instanceof KonuiError
      ? error
      : new KonuiError('INTERNAL_ERROR', 'this failed inside the gateway; see its log');
  const request = { method: context.req.method, path: context.req.path };
  if (error instanceof KonuiError) log.info({ ...request, code: known.code }, 'request refused');
  else log.error({ ...request, err: error }, 'request failed');
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (known.retryAfterS !== undefined) headers['retry-after'] = String(known.retryAfterS);
  if (known.code === 'UNAUTHORIZED') headers['www-authenticate'] = 'Bearer';
  return new Response(JSON.stringify(toErrorBody(known)), { status: known.httpStatus, headers });
}
