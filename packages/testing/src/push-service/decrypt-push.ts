import { createDecipheriv, type ECDH, hkdfSync } from 'node:crypto';

const SALT_BYTES = 16;
/** Salt, record size (4 bytes) and the length of the key id, before the sender's public key. */
const HEAD_BYTES = SALT_BYTES + 4 + 1;
const TAG_BYTES = 16;
const LAST_RECORD = 2;

/** Reads a push as a browser does (RFC 8291 over RFC 8188, one record). Throws where anything does not fit. */
export function decryptPush(body: Buffer, { keys, auth }: { keys: ECDH; auth: Buffer }): string {
  const salt = body.subarray(0, SALT_BYTES);
  const senderKey = body.subarray(HEAD_BYTES, HEAD_BYTES + body.readUInt8(HEAD_BYTES - 1));
  const record = body.subarray(HEAD_BYTES + senderKey.length);
  const derive = (
    from: Buffer,
    { salt: with_, info, length }: { salt: Buffer; info: Buffer; length: number },
  ): Buffer => Buffer.from(hkdfSync('sha256', from, with_, info, length));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), senderKey]);
  const secret = derive(keys.computeSecret(senderKey), { salt: auth, info, length: 32 });
  const key = derive(secret, { salt, info: Buffer.from('Content-Encoding: aes128gcm\0'), length: 16 });
  const nonce = derive(secret, { salt, info: Buffer.from('Content-Encoding: nonce\0'), length: 12 });
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(record.subarray(-TAG_BYTES));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -TAG_BYTES)), decipher.final()]);
  const end = padded.lastIndexOf(LAST_RECORD);
  if (end === -1 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('the padding is wrong');
  return padded.toString('utf8', 0, end);
}
