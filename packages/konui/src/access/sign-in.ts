import { KonuiError } from '@konui/protocol';
import type { Identity } from '../identity.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { ClientRequest } from './client-request.ts';
import { describeDevice } from './describe-device.ts';
import type { FailedAttempts } from './failed-attempts.ts';
import type { Tickets } from './tickets.ts';

export interface SignInOptions {
  readonly tokens: AccessTokens;
  readonly tickets: Tickets;
  readonly failedAttempts: FailedAttempts;
  /** Switches platform mode on: requests from loopback or a trusted proxy need no token and are this user's. */
  readonly platformUser: string | undefined;
}

/** Says who sent a request; throws UNAUTHORIZED, or TOO_MANY after many wrong attempts from its address. */
export type SignIn = (request: ClientRequest) => Identity;

export function createSignIn({ tokens, tickets, failedAttempts, platformUser }: SignInOptions): SignIn {
  const refuse = (request: ClientRequest): KonuiError => refuseSecret(failedAttempts, request);

  return (request) => {
    const user = request.isFromPlatform ? platformUser : undefined;
    const device = describeDevice(request);
    const ticket = request.url.searchParams.get('ticket');
    if (ticket !== null) {
      // A ticket stands in an address, which is easily seen: it opens and reads, and never makes another key.
      if (request.method !== 'GET') {
        throw new KonuiError(
          'UNAUTHORIZED',
          'a ticket opens sockets and reads; send the access token as Authorization',
        );
      }
      const identity = tickets.redeem(ticket);
      if (identity === undefined || (identity.tokenId !== undefined && !tokens.has(identity.tokenId)))
        throw refuse(request);
      return { ...identity, device: request.url.searchParams.has('device') ? device : (identity.device ?? device) };
    }
    const token = bearerToken(request.headers.authorization) ?? request.url.searchParams.get('token');
    if (token !== null) {
      const tokenId = tokens.find(token, device);
      if (tokenId === undefined) throw refuse(request);
      return { tokenId, user, device };
    }
    if (user !== undefined) return { user, device };
    throw new KonuiError('UNAUTHORIZED', 'an access token is needed; sign in by the link that konui prints');
  };
}

/** What the sender of a wrong secret is told; it counts against their address. */
export function refuseSecret(failedAttempts: FailedAttempts, { address }: ClientRequest): KonuiError {
  return failedAttempts.record(address)
    ? new KonuiError('TOO_MANY', 'too many wrong access tokens from this address; try again in 60 s', {
        retryAfterS: 60,
      })
    : new KonuiError(
        'UNAUTHORIZED',
        'the access token or ticket is not valid; sign in again by the link that konui prints',
      );
}

function bearerToken(header: string | undefined): string | undefined {
  return /^bearer ([^\s]+)$/i.exec(header ?? '')?.[1];
}
