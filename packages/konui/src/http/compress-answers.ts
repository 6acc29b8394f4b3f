import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnvironment } from './http-environment.ts';

/** Below this the answer fits into one packet anyhow. */
const MIN_BYTES = 1024;

const compress = promisify(gzip);

/** JSON answers of more than a kilobyte go out as gzip, where the client takes it. Streams are left alone. */
export const compressAnswers: MiddlewareHandler<HttpEnvironment> = async (context, next) => {
  await next();
  const { res } = context;
  const isJson = res.headers.get('content-type')?.startsWith('application/json') === true;
  const isWanted = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '');
  if (!isJson || !isWanted || res.body === null || res.headers.has('content-encoding')) return;
  const body = Buffer.from(await res.arrayBuffer());
  const headers = new Headers(res.headers);
  headers.append('vary', 'accept-encoding');
  if (body.length > MIN_BYTES) headers.set('content-encoding', 'gzip');
  headers.delete('content-length');
  const bytes = body.length > MIN_BYTES ? await compress(body) : body;
  context.res = undefined;
  context.res = new Response(Uint8Array.from(bytes), { status: res.status, headers });
};
