import { setTimeout as delay } from 'node:timers/promises';
import { KonuiError } from '@konui/protocol';
import type { GatewayAddress } from '../find-gateway.ts';

export interface FollowGatewayOptions {
  /** Where the gateway is now; undefined while none runs. */
  readonly find: () => GatewayAddress | undefined;
  readonly signal: AbortSignal;
}

/** A gateway that is started again is there within a second or two; an agent does not wait for its tool much longer. */
const PATIENCE_MS = 8_000;
const RETRY_MS = 250;

/**
 * A fetch for a program that outlives gateways, and may be there before one: what none answered is asked again where one
 * runs by then. It may have arrived after all, so that everything that is sent has to bear a repeat. It names the token
 * itself, because a home has none before its first gateway.
 */
export function followGateway({ find, signal }: FollowGatewayOptions): typeof fetch {
  return async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    let deadline: number | undefined;
    for (;;) {
      const gateway = find();
      let failure: unknown;
      if (gateway !== undefined) {
        const headers = new Headers(init?.headers);
        headers.set('authorization', `Bearer ${gateway.token}`);
        try {
          return await fetch(`${gateway.url}${pathname}${search}`, { ...init, headers });
        } catch (error) {
          failure = error;
        }
      }
      // A call may take longer than the patience before its gateway dies.
      deadline ??= performance.now() + PATIENCE_MS;
      if (signal.aborted || performance.now() > deadline) throw toError(gateway, failure);
      await delay(RETRY_MS);
    }
  };
}

function toError(gateway: GatewayAddress | undefined, cause: unknown): KonuiError {
  const problem = gateway === undefined ? 'konui does not run' : `konui at ${gateway.url} does not answer`;
  return new KonuiError('HOST_UNREACHABLE', `${problem}; start it with: konui start`, { cause });
}
