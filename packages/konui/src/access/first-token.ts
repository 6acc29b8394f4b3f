import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createSecret } from './secret.ts';
import type { AccessTokens } from './access-tokens.ts';

/** Shorter ones could be guessed; the gateway's own have 43 characters. */
const MIN_LENGTH = 32;

/**
 * Makes the token in `file` valid, and creates the file (mode 0600) where there is none or its token was revoked.
 * Throws an Error in words if the file holds no usable token.
 */
export function recordFirstToken(file: string, tokens: AccessTokens): void {
  const existing = readIfThere(file);
  if (existing !== undefined) {
    if (existing.length < MIN_LENGTH || /\s/.test(existing)) {
      throw new Error(`${file} holds no access token of at least ${MIN_LENGTH} characters; delete it to get a new one`);
    }
    if (tokens.adopt('first token', existing)) return;
  }
  const token = createSecret();
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${token}\n`, { mode: 0o600 });
  renameSync(temporary, file);
  tokens.adopt('first token', token);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
