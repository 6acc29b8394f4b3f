import type { HostAnswer } from '../host.ts';

/** The host's JSON answer, as it is. */
export function toResponse({ status, body }: HostAnswer): Response {
  return new Response(new Uint8Array(body), { status, headers: { 'content-type': 'application/json' } });
}
