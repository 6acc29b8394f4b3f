import { KonuiError } from '@konui/protocol';
import { systemClock } from '../clock.ts';
import { firstAnswer } from './first-answer.ts';

/**
 * How a connection signs in: a single-use ticket for each attempt (browsers, whose WebSockets have no headers), or the
 * token itself (Node). The fallback sends by POST, for which a ticket is not enough (ACC1): it needs `getToken` too.
 */
export type Credentials =
  | {
      /** May be called again before it has answered, where the answer takes long; the signal says that it is not wanted any more. */
      readonly getTicket: (signal: AbortSignal) => Promise<string>;
      readonly getToken?: () => string | undefined | Promise<string | undefined>;
    }
  | { readonly token: string };

/** The socket's address with what signs it in (ACC1). Rejects with UNAUTHORIZED when the sign-in is refused. */
export async function signedUrl(url: string, credentials: Credentials, signal: AbortSignal): Promise<string> {
  const signed = new URL(url);
  if ('token' in credentials) signed.searchParams.set('token', credentials.token);
  else signed.searchParams.set('ticket', await ticketOf(credentials, signal));
  return signed.href;
}

function ticketOf({ getTicket }: Extract<Credentials, { getTicket: unknown }>, signal: AbortSignal): Promise<string> {
  return firstAnswer(getTicket, { signal, clock: systemClock });
}

export type ProbeVerdict = 'refused' | 'reachable' | 'unknown';

/** The headers that sign a request in; without a token the ticket goes into its address. */
export async function authorize(
  credentials: Credentials,
  address: URL,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const token = 'token' in credentials ? credentials.token : await credentials.getToken?.();
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if ('getTicket' in credentials) address.searchParams.set('ticket', await ticketOf(credentials, signal));
  return {};
}

/**
 * Asks over HTTP why an upgrade failed, since a socket does not tell (A3, A6). `refused` is a 401 and nothing else:
 * whatever a proxy or a starting server answers, trying again may help. `reachable`: the server itself answers.
 */
export async function probeSignIn(options: {
  url: string;
  credentials: Credentials;
  fetch: typeof fetch;
  signal: AbortSignal;
}): Promise<ProbeVerdict> {
  try {
    const info = new URL('/api/console/ws/info', options.url.replace(/^ws/, 'http'));
    const headers = await authorize(options.credentials, info, options.signal);
    const answer = await options.fetch(info, { headers, signal: options.signal, cache: 'no-store' });
    await answer.body?.cancel();
    if (answer.status === 401) return 'refused';
    return answer.status === 200 ? 'reachable' : 'unknown';
  } catch (error) {
    return error instanceof KonuiError && error.code === 'UNAUTHORIZED' ? 'refused' : 'unknown';
  }
}
