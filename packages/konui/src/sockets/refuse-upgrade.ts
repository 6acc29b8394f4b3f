import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type KonuiError, toErrorBody } from '@konui/protocol';

/** A refused client that does not close its end is cut off. */
const LINGER_MS = 1000;

/** Answers an upgrade with a plain HTTP error, as any other request (SPEC GW11), and closes the connection. */
export function refuseUpgrade(stream: Duplex, error: KonuiError): void {
  const body = JSON.stringify(toErrorBody(error));
  const { httpStatus } = error;
  const timer = setTimeout(() => stream.destroy(), LINGER_MS);
  stream.once('close', () => clearTimeout(timer));
  // The client may be gone already; there is nobody to tell.
  stream.on('error', () => stream.destroy());
  stream.end(
    [
      `HTTP/1.1 ${httpStatus} ${STATUS_CODES[httpStatus] ?? 'Error'}`,
      'Connection: close',
      'Content-Type: application/json',
      'Cache-Control: no-store',
      'X-Content-Type-Options: nosniff',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}
