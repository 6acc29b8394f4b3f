import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes as base64url: an access token or a ticket. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}
