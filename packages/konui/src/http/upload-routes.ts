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
    // By hand: leaving a `for await` would close the connection before it is answered.
    const chunks: AsyncIterator<Uint8Array> = incoming[Symbol.asyncIterator]();
    try {
      if (announced > LIMITS.maxFileBytes) throw tooLarge();
      return context.json(await host.storeAttachment(sessionId, upToLimit(chunks)), 201);
    } catch (error) {
      // An answer before the request's end would reach a browser as a broken connection.
      await discard(chunks);
      throw error;
    }
  });
}

async function* upToLimit(chunks: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  let byteLength = 0;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    byteLength += next.value.byteLength;
    if (byteLength > LIMITS.maxFileBytes) throw tooLarge();
    yield next.value;
  }
}

async function discard(chunks: AsyncIterator<Uint8Array>): Promise<void> {
  let byteLength = 0;
  try {
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      byteLength += next.value.byteLength;
      if (byteLength > MAX_DISCARDED_BYTES) return;
    }
  } catch {
    // The sender is gone, and reads no answer.
  }
}

function tooLarge(): KonuiError {
  return new KonuiError('ATTACHMENT_TOO_LARGE', `a file may have ${LIMITS.maxFileBytes} bytes`);
}
