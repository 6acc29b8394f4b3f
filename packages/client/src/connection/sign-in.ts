import { KonuiError } from '@konui/protocol';

/** How a socket signs in: a single-use ticket for each attempt (browsers), or the token itself (Node). */
export type Credentials = { readonly getTicket: () => Promise<string> } | { readonly token: string };

/** The socket's address with what signs it in (ACC1). Rejects with UNAUTHORIZED when the sign-in is refused. */
export async function signedUrl(url: string, credentials: Credentials): Promise<string> {
  const signed = new URL(url);
  if ('token' in credentials) signed.searchParams.set('token', credentials.token);
  else signed.searchParams.set('ticket', await credentials.getTicket());
  return signed.href;
}

/**
 * Asks over HTTP why an upgrade failed, since a socket does not tell (A3, A6). `refused` is a 401 and nothing else:
 * whatever a proxy or a starting server answers, trying again may help.
 */
export async function probeSignIn(options: {
  url: string;
  credentials: Credentials;
  fetch: typeof fetch;
  signal: AbortSignal;
}): Promise<'refused' | 'unknown'> {
  try {
    const info = new URL('/api/console/ws/info', options.url.replace(/^ws/, 'http'));
    const headers: Record<string, string> = {};
    if ('token' in options.credentials) headers['authorization'] = `Bearer ${options.credentials.token}`;
    else info.searchParams.set('ticket', await options.credentials.getTicket());
    const answer = await options.fetch(info, { headers, signal: options.signal, cache: 'no-store' });
    await answer.body?.cancel();
    return answer.status === 401 ? 'refused' : 'unknown';
  } catch (error) {
    return error instanceof KonuiError && error.code === 'UNAUTHORIZED' ? 'refused' : 'unknown';
  }
}
