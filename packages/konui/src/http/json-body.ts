import { KonuiError } from '@konui/protocol';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { describeZodError } from '../describe-zod-error.ts';
import { parseJson } from '../parse-json.ts';
import type { HttpEnvironment } from './http-environment.ts';

/** No request of the REST API carries more than a path and a name; prompts go over the socket. */
const MAX_BODY_BYTES = 256 * 1024;

export const limitBody: MiddlewareHandler<HttpEnvironment> = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => {
    throw new KonuiError('FRAME_TOO_LARGE', `the body of a request may have ${MAX_BODY_BYTES} bytes`);
  },
});

/** Parses a request's body; throws INVALID_JSON or INVALID_MESSAGE. */
export async function parseBody<Schema extends z.core.$ZodType>(
  context: Context<HttpEnvironment>,
  schema: Schema,
): Promise<z.output<Schema>> {
  return parseWith(schema, parseJson(Buffer.from(await context.req.arrayBuffer())));
}

/** Throws INVALID_MESSAGE. */
export function parseWith<Schema extends z.core.$ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  throw new KonuiError('INVALID_MESSAGE', describeZodError(parsed.error));
}
