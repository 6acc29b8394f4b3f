import type { IncomingMessage } from 'node:http';
import type { KonuiError } from '@konui/protocol';
import type { Identity } from './identity.ts';

/** A request that names a host and an origin that are allowed. */
export interface AdmittedRequest {
  readonly url: URL;
  /** Who sent it; throws UNAUTHORIZED or TOO_MANY. A ticket is used up by this. */
  signIn(): Identity;
  /** Counts a wrong secret against the sender's address: UNAUTHORIZED, or TOO_MANY after many. */
  refuse(): KonuiError;
}

/** What every request and every upgrade has to pass, before anything else is done with it. */
export interface Admission {
  /** Throws HOST_NOT_ALLOWED, or INVALID_MESSAGE for a request line that makes no sense. */
  admitHost(request: IncomingMessage): AdmittedRequest;
  /** As `admitHost`; throws ORIGIN_NOT_ALLOWED too. */
  admit(request: IncomingMessage): AdmittedRequest;
}
