import type { Origin } from '@konui/protocol';

/** Who is behind a request or a socket. Never holds a secret. */
export interface Identity {
  /** Absent for the user that platform mode attaches. */
  readonly tokenId?: string | undefined;
  /** The user of platform mode. */
  readonly user?: string | undefined;
  /** What the client calls itself, or a short form of its User-Agent. */
  readonly device?: string | undefined;
}

/** How commands and events record an identity. */
export function toOrigin(identity: Identity): Origin {
  const { tokenId, user, device } = identity;
  return {
    type: 'person',
    ...(tokenId === undefined ? {} : { tokenId }),
    ...(device === undefined ? {} : { device }),
    ...(user === undefined ? {} : { user }),
  };
}
