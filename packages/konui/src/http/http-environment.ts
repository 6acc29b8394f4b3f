import type { HttpBindings } from '@hono/node-server';
import type { AdmittedRequest } from '../admission.ts';
import type { Identity } from '../identity.ts';

/** What handlers find in their Hono context. */
export interface HttpEnvironment {
  readonly Bindings: HttpBindings;
  readonly Variables: {
    admitted: AdmittedRequest;
    /** Set below `/api`. */
    identity: Identity;
  };
}
