import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** A request as its sender meant it, with a trusted proxy's account of it taken for true. */
export interface ClientRequest {
  /** Address of the client, or of the nearest proxy that is not trusted. */
  readonly address: string;
  /** The program that connected runs on this machine, or is a trusted proxy. */
  readonly isFromPlatform: boolean;
  /** `http` or `https`. */
  readonly scheme: string;
  /** Host name and, unless it is the scheme's default, port; lower case. */
  readonly host: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly url: URL;
}

/** Undefined if the request's URL or Host cannot be understood. */
export type ReadClientRequest = (request: IncomingMessage) => ClientRequest | undefined;

/** Reads requests; forwarding headers count only from addresses in `trustedProxies` (CIDR ranges or addresses). */
export function createClientRequestReader(trustedProxies: readonly string[]): ReadClientRequest {
  const trusted = toBlockList(trustedProxies);
  const loopback = toBlockList(['127.0.0.0/8', '::1']);
  return (request) => {
    const peer = normalise(request.socket.remoteAddress ?? '');
    const isProxied = contains(trusted, peer);
    const header = (name: string): string | undefined => {
      const value = isProxied ? request.headers[name] : undefined;
      // A chain of proxies appends; the last entry is the one that the trusted proxy itself wrote.
      return (Array.isArray(value) ? value.at(-1) : value)?.split(',').at(-1)?.trim().toLowerCase();
    };
    const scheme = header('x-forwarded-proto') === 'https' ? 'https' : 'http';
    const host = header('x-forwarded-host') ?? request.headers.host?.toLowerCase() ?? '';
    // The target is a path; "//x" must not be taken for another host, nor an absolute target (RFC 9112, 3.2.2) for a path.
    const target = request.url ?? '/';
    if (!target.startsWith('/') || !/^[a-z0-9.\-:[\]_]+$/.test(host)) return undefined;
    const base = `${scheme}://${host}`;
    if (!URL.canParse(base) || !URL.canParse(`${base}${target}`)) return undefined;
    const url = new URL(`${base}${target}`);
    return {
      address: isProxied ? lastUntrusted(request.headers['x-forwarded-for'], trusted, peer) : peer,
      isFromPlatform: isProxied || contains(loopback, peer),
      scheme,
      host: url.host,
      method: request.method ?? 'GET',
      headers: request.headers,
      url,
    };
  };
}

function lastUntrusted(header: string | string[] | undefined, trusted: BlockList, peer: string): string {
  const chain = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((part) => normalise(part.trim()));
  return chain.findLast((address) => isIP(address) !== 0 && !contains(trusted, address)) ?? peer;
}

function toBlockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function contains(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** An IPv4 client of a dual-stack socket appears as ::ffff:1.2.3.4. */
function normalise(address: string): string {
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}
