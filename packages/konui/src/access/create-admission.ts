import type { IncomingMessage } from 'node:http';
import { KonuiError } from '@konui/protocol';
import type { AdmittedRequest, Admission } from '../admission.ts';
import type { AllowList } from './allow-list.ts';
import type { ClientRequest, ReadClientRequest } from './client-request.ts';
import type { FailedAttempts } from './failed-attempts.ts';
import { refuseSecret, type SignIn } from './sign-in.ts';

export interface AdmissionOptions {
  readonly readRequest: ReadClientRequest;
  /** Asked for each request: the port is known only once the gateway listens. */
  readonly allowList: () => AllowList;
  readonly signIn: SignIn;
  readonly failedAttempts: FailedAttempts;
}

export function createAdmission({ readRequest, allowList, signIn, failedAttempts }: AdmissionOptions): Admission {
  const readAllowed = (request: IncomingMessage): ClientRequest => {
    const read = readRequest(request);
    if (read === undefined) throw new KonuiError('INVALID_MESSAGE', 'the request needs a Host and a path');
    allowList().checkHost(read);
    return read;
  };
  const toAdmitted = (read: ClientRequest): AdmittedRequest => ({
    url: read.url,
    signIn: () => signIn(read),
    refuse: () => refuseSecret(failedAttempts, read),
  });
  return {
    admitHost: (request) => toAdmitted(readAllowed(request)),
    admit(request) {
      const read = readAllowed(request);
      allowList().checkOrigin(read);
      return toAdmitted(read);
    },
  };
}
