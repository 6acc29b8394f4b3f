import { KonuiError, LIMITS } from '@konui/protocol';
import type { z } from 'zod';

interface JsonRequest {
  text(): Promise<string>;
}

/** The body as the schema wants it; rejects with INVALID_JSON or INVALID_MESSAGE. */
export async function parseJsonBody<T>(request: JsonRequest, schema: z.ZodType<T>): Promise<T> {
  const value = parseJson(await request.text());
  if (isDeeperThan(value, LIMITS.maxJsonDepth)) {
    throw new KonuiError('INVALID_MESSAGE', `the body is nested deeper than ${LIMITS.maxJsonDepth} levels`);
  }
  return schema.parse(value);
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
