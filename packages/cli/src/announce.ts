import { readFileSync } from 'node:fs';
import type { GatewayRecord, HomePaths } from '@konui/protocol';
import { hasCode } from './processes/process-identity.ts';

/** The link that signs a browser in: the token is in the fragment, which browsers never send. */
export function signInLink(paths: HomePaths, gateway: GatewayRecord): string {
  const token = readToken(paths.token);
  return token === undefined ? `${gateway.url}/` : `${gateway.url}/#token=${token}`;
}

/** The first access token of a home; undefined where a person has removed it. */
export function readToken(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    // The person has removed it: browsers that are signed in stay so.
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
