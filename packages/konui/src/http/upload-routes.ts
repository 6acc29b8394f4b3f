import { KonuiError, LIMITS, SessionId } from '@konui/protocol';
import type { Hono } from 'hono';
import type { AgentHost } from '../host.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { parseWith } from './json-body.ts';

/** The rest of an upload that is too large is read and thrown away up to this size, so that its sender lives to read the answer. */
const MAX_DISCARDED_BYTES = 4 * LIMITS.maxFileBytes;

/** Files for prompts (SPEC ATT). To be registered before the limit of other bodies. */
export function registerUploadRoutes(app: Hono<HttpEnvironment>, { host }: { host: AgentHost }): void {
  app.post('/api/providers/sessions/:id/attachments', async (context) => {
    const sessionId = parseWith(SessionId, context.req.param('id'));
    const { incoming } = context.env;
    const announced = Number(incoming.headers['content-length'] ?? 0);
    try {
      if (announced > LIMITS.maxFileBytes) throw tooLarge();
      return context.json(await host.storeAttachment(sessionId, upToLimit(incoming)), 201);
    } catch (error) {
      // An answer before the request's end would reach a browser as a broken connection.
      await discard(incoming);
      throw error;
    }
  });
}

async function* upToLimit(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let byteLength = 0;
  // By hand: leaving a `for await` would close the connection before it is answered.
  const chunks = body[Symbol.asyncIterator]();
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    byteLength += next.value.byteLength;
    if (byteLength > LIMITS.maxFileBytes) throw tooLarge();
    yield next.value;
  }
}

async function discard(body: NodeJS.ReadableStream): Promise<void> {
  let byteLength = 0;
  await new Promise<void>((resolve) => {
    if (!body.readable) resolve();
    body.on('data', (chunk: Uint8Array) => {
      byteLength += chunk.byteLength;
      if (byteLength > MAX_DISCARDED_BYTES) resolve();
    });
    body.once('end', resolve);
    body.once('close', resolve);
    body.once('error', () => resolve());
    body.resume();
  });
}

function tooLarge(): KonuiError {
  return new KonuiError('ATTACHMENT_TOO_LARGE', `a file may have ${LIMITS.maxFileBytes} bytes`);
}
