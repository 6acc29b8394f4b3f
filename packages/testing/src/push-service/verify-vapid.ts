import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';

/** RFC 8292, section 2: a day, and no more. */
const MAX_LIFETIME_S = 24 * 60 * 60;
const PUBLIC_KEY_BYTES = 65;

const Claims = z.object({ aud: z.string(), exp: z.number(), sub: z.string().regex(/^(mailto:|https:)/) });

/** Checks who sent a push (RFC 8292) and tells their public key as base64url. Throws where anything does not fit. */
export function verifyVapid(authorization: string, origin: string): string {
  const [, token = '', sender = ''] = /^vapid t=([\w.-]+),\s*k=([\w-]+)$/.exec(authorization) ?? [];
  const [header = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(sender, 'base64url');
  if (point.length !== PUBLIC_KEY_BYTES) throw new Error('the sender has no key');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
  const key = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
  const signed = Buffer.from(`${header}.${claims}`);
  const isSigned = verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  if (!isSigned) throw new Error('the signature is wrong');
  const { aud, exp } = Claims.parse(JSON.parse(Buffer.from(claims, 'base64url').toString()));
  const now = Date.now() / 1000;
  if (aud !== origin) throw new Error(`the token is for ${aud}`);
  if (exp <= now || exp > now + MAX_LIFETIME_S) throw new Error('the token is too old or lasts too long');
  return sender;
}
