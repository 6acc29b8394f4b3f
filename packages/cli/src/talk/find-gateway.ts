import { EXIT_CODES, ExitError } from '../exit-error.ts';
import { locateHome } from '../home.ts';
import { readGateway } from '../parts.ts';
import { readToken } from '../announce.ts';

export interface GatewayAddress {
  /** Without a trailing slash. */
  readonly url: string;
  readonly token: string;
}

export interface NamedGateway {
  readonly url: string | undefined;
  readonly token: string | undefined;
}

/**
 * The gateway to talk to: the address and token that were named, else those of the home; undefined where none runs
 * there. Throws an ExitError where nobody may read its token.
 */
export function locateGateway(home: string, { url, token }: NamedGateway): GatewayAddress | undefined {
  const paths = locateHome(home);
  const address = url ?? readGateway(paths)?.url;
  if (address === undefined) return undefined;
  const secret = token ?? readToken(paths.token);
  if (secret === undefined) {
    throw new ExitError(`there is no token in ${home}; name one with --token or KONUI_TOKEN`, EXIT_CODES.failed);
  }
  return { url: address.replace(/\/$/, ''), token: secret };
}

/** As `locateGateway`; throws an ExitError also where none runs. */
export function findGateway(home: string, named: NamedGateway): GatewayAddress {
  const gateway = locateGateway(home, named);
  if (gateway !== undefined) return gateway;
  throw new ExitError(`konui does not run in ${home}; start it with: konui start`, EXIT_CODES.notRunning);
}
