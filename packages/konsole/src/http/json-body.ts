import { KonuiError, LIMITS } from '@konui/protocol';
import { z } from 'zod';

/** The rest of a body that is too large is read and thrown away up to this size, so that its sender lives to read the answer. */
const MAX_DISCARDED_BYTES = 4 * LIMITS.maxFrameBytes;

/** The body as the schema wants it; rejects with FRAME_TOO_LARGE, INVALID_JSON or INVALID_MESSAGE. */
export async function parseJsonBody<T>(body: AsyncIterable<Uint8Array>, schema: z.core.$ZodType<T>): Promise<T> {
  const value = parseJson(await readText(body));
  if (isDeeperThan(value, LIMITS.maxJsonDepth)) {
    throw new KonuiError('INVALID_MESSAGE', `the body is nested deeper than ${LIMITS.maxJsonDepth} levels`);
  }
  return z.parse(schema, value);
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let byteLength = 0;
  try {
    for await (const chunk of body) {
      byteLength += chunk.byteLength;
      if (byteLength <= LIMITS.maxFrameBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (byteLength > MAX_DISCARDED_BYTES) break;
    }
  } catch (error) {
    throw new KonuiError('INVALID_JSON', 'the body ended early', { cause: error });
  }
  if (byteLength > LIMITS.maxFrameBytes) {
    throw new KonuiError('FRAME_TOO_LARGE', `the body is larger than ${LIMITS.maxFrameBytes} bytes`);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's own words quote the body, which may hold anything.
    throw new KonuiError('INVALID_JSON', 'the body is not valid JSON', { cause: error });
  }
}

/** Without recursion, because the value may be deep enough to exhaust the stack of everything that walks it later. */
function isDeeperThan(value: unknown, levels: number): boolean {
  let layer = [value].filter(isContainer);
  for (let depth = 1; layer.length > 0; depth++) {
    if (depth > levels) return true;
    layer = layer.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
