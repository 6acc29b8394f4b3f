import { EXIT_CODES, ExitError } from '../exit-error.ts';
import { locateHome } from '../home.ts';
import { readGateway } from '../parts.ts';
import { readToken } from '../announce.ts';

export interface GatewayAddress {
  /** Without a trailing slash. */
  readonly url: string;
  readonly token: string;
}

/**
 * The gateway to talk to: the address and token that were named, else those of the home. Throws an ExitError where no
 * gateway runs there or nobody may read its token.
 */
export function findGateway(
  home: string,
  { url, token }: { url: string | undefined; token: string | undefined },
): GatewayAddress {
  const paths = locateHome(home);
  const address = url ?? readGateway(paths)?.url;
  if (address === undefined) {
    throw new ExitError(`konui does not run in ${home}; start it with: konui start`, EXIT_CODES.notRunning);
  }
  const secret = token ?? readToken(paths.token);
  if (secret === undefined) {
    throw new ExitError(`there is no token in ${home}; name one with --token or KONUI_TOKEN`, EXIT_CODES.failed);
  }
  return { url: address.replace(/\/$/, ''), token: secret };
}
