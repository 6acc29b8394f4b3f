import { setTimeout as delay } from 'node:timers/promises';

export interface FollowGatewayOptions {
  /** Where the gateway is now; undefined while none runs. */
  readonly find: () => string | undefined;
  readonly signal: AbortSignal;
}

/** A gateway that is started again is there within a second or two; an agent does not wait for its tool much longer. */
const WAITS_MS = [0, 250, 500, 1000, 2000, 4000];

/**
 * A fetch for a program that outlives gateways: what none answered is asked again where one runs by then. It may have
 * arrived after all, so that everything that is sent has to bear a repeat.
 */
export function followGateway({ find, signal }: FollowGatewayOptions): typeof fetch {
  let origin: string | undefined;
  return async (input, init) => {
    const asked = new URL(input instanceof Request ? input.url : input);
    const ask = (): Promise<Response> => fetch(new URL(`${asked.pathname}${asked.search}`, origin ?? asked), init);
    try {
      return await ask();
    } catch (error) {
      let last: unknown = error;
      for (const waitMs of WAITS_MS) {
        if (signal.aborted) break;
        await delay(waitMs);
        const found = find();
        if (found === undefined) continue;
        origin = found;
        try {
          return await ask();
        } catch (next) {
          last = next;
        }
      }
      throw last;
    }
  };
}
