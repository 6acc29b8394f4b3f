import { lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { KonuiError } from '@konui/protocol';

/**
 * Addresses that lie in no public network (IANA special-purpose registries), or lead to one by translation. IPv4 in IPv6
 * (::ffff:0:0/96) is judged by the IPv4 rules: Node's BlockList does so by itself.
 */
const PRIVATE_RANGES = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['::', 96],
  ['64:ff9b::', 32],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
] as const;

/** Which addresses a push may go to: whoever subscribes chooses them, and must not reach into private networks. */
export class EndpointGuard {
  readonly #private = new BlockList();
  readonly #allowsPrivate: boolean;

  constructor({ allowsPrivate }: { allowsPrivate: boolean }) {
    this.#allowsPrivate = allowsPrivate;
    for (const [address, bits] of PRIVATE_RANGES) {
      this.#private.addSubnet(address, bits, isIP(address) === 6 ? 'ipv6' : 'ipv4');
    }
  }

  /** What can be said without asking the network; throws INVALID_MESSAGE. */
  check(endpoint: string): void {
    const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    const isSecure = url?.protocol === 'https:' || (this.#allowsPrivate && url?.protocol === 'http:');
    if (url === undefined || !isSecure || url.username !== '' || url.password !== '') {
      throw new KonuiError('INVALID_MESSAGE', 'endpoint: must be an https address without a user');
    }
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 ? !this.allows(host) : !this.#allowsPrivate && isLocalName(host)) throw privateAddress();
  }

  allows(address: string): boolean {
    return this.#allowsPrivate || !this.#private.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }

  /** Resolves names for a connection: what was looked at is what is connected to, whatever the name says later. */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => this.allows(address))) {
        return callback(privateAddress(), []);
      }
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function isLocalName(host: string): boolean {
  return !host.includes('.') || /\.(localhost|local|internal|home\.arpa)\.?$/i.test(host);
}

function privateAddress(): KonuiError {
  return new KonuiError('INVALID_MESSAGE', 'endpoint: must not lie in a private network');
}
