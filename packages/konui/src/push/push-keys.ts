import { createECDH } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** The gateway's VAPID keys (RFC 8292), made once: with others every subscription would be worthless. */
export function loadPushKeys(database: DatabaseSync): PushKeys {
  const row = database.prepare('SELECT public_key, private_key FROM push_keys').get();
  if (row !== undefined) return { publicKey: String(row['public_key']), privateKey: String(row['private_key']) };
  const pair = createECDH('prime256v1');
  const publicKey = pair.generateKeys('base64url');
  // A number whose first bytes are 0 comes shorter.
  const privateKey = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()])
    .subarray(-32)
    .toString('base64url');
  const keys = { publicKey, privateKey };
  database.prepare('INSERT INTO push_keys VALUES (?, ?)').run(keys.publicKey, keys.privateKey);
  return keys;
}
