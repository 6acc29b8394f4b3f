import { KonuiError, LIMITS } from '@konui/protocol';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Parses JSON from outside. Throws INVALID_JSON, or INVALID_MESSAGE where it nests deeper than `maxDepth`: what
 * walks over it later (validation, serialising) is recursive and would overflow the stack.
 */
export function parseJson(bytes: Buffer, maxDepth: number = LIMITS.maxJsonDepth): unknown {
  if (nestsDeeperThan(bytes, maxDepth)) {
    throw new KonuiError('INVALID_MESSAGE', `the JSON nests deeper than ${maxDepth} levels`);
  }
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new KonuiError('INVALID_JSON', 'this is no valid JSON', { cause: error });
  }
}

function nestsDeeperThan(bytes: Buffer, maxDepth: number): boolean {
  let depth = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === QUOTE) {
      index = endOfString(bytes, index);
      if (index === -1) return false;
    } else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) {
      depth -= 1;
    }
  }
  return false;
}

/** Index of the quote that ends the string; indexOf makes an inline image of megabytes cost next to nothing. */
function endOfString(bytes: Buffer, start: number): number {
  let end = bytes.indexOf(QUOTE, start + 1);
  while (end !== -1 && isEscaped(bytes, end)) end = bytes.indexOf(QUOTE, end + 1);
  return end;
}

function isEscaped(bytes: Buffer, index: number): boolean {
  let backslashes = 0;
  while (bytes[index - 1 - backslashes] === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}
