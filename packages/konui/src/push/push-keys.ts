import type { DatabaseSync } from 'node:sqlite';
import webPush from 'web-push';

export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** The gateway's VAPID keys (RFC 8292), made once: with others every subscription would be worthless. */
export function loadPushKeys(database: DatabaseSync): PushKeys {
  const row = database.prepare('SELECT public_key, private_key FROM push_keys').get();
  if (row !== undefined) return { publicKey: String(row['public_key']), privateKey: String(row['private_key']) };
  const keys = webPush.generateVAPIDKeys();
  database.prepare('INSERT INTO push_keys VALUES (?, ?)').run(keys.publicKey, keys.privateKey);
  return keys;
}
