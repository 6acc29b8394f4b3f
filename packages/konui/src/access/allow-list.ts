import { isIP } from 'node:net';
import { KonuiError } from '@konui/protocol';
import type { ClientRequest } from './client-request.ts';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];
/** Addresses that mean "all of this machine's"; no request names them. */
const WILDCARDS = ['0.0.0.0', '::'];

export interface AllowListOptions {
  /** The address that the gateway listens on. */
  readonly host: string;
  readonly port: number;
  /** Names with or without a port; without one every port will do. */
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
}

/**
 * Which hosts and origins a request may name (SPEC ACC3). The Host is what stops DNS rebinding, the Origin what
 * stops other pages in the same browser; a program that is no browser sends no Origin.
 */
export class AllowList {
  readonly #hosts: ReadonlySet<string>;
  readonly #configured: readonly string[];
  readonly #origins: ReadonlySet<string>;

  constructor({ host, port, allowedHosts, allowedOrigins }: AllowListOptions) {
    const names = WILDCARDS.includes(host)
      ? LOOPBACK_NAMES
      : [...LOOPBACK_NAMES, isIP(host) === 6 ? `[${host}]` : host.toLowerCase()];
    this.#hosts = new Set(names.map((name) => new URL(`http://${name}:${port}`).host));
    this.#configured = allowedHosts;
    this.#origins = new Set(allowedOrigins);
  }

  /** Throws HOST_NOT_ALLOWED. */
  checkHost(request: ClientRequest): void {
    const { host, hostname } = request.url;
    if (this.#hosts.has(host) || this.#configured.some((allowed) => allowed === host || allowed === hostname)) return;
    throw new KonuiError(
      'HOST_NOT_ALLOWED',
      `this gateway does not answer for the host ${host}; allow it with --allowed-hosts`,
    );
  }

  /** Throws ORIGIN_NOT_ALLOWED. */
  checkOrigin(request: ClientRequest): void {
    const { origin } = request.headers;
    if (origin !== undefined) {
      if (this.#allowsOrigin(origin, request.host)) return;
      throw new KonuiError(
        'ORIGIN_NOT_ALLOWED',
        'pages of this origin may not use this gateway; allow it with --allowed-origins',
      );
    }
    // A browser sends no Origin with plain loads (images, links), but says where they come from. Another port of
    // the same host is "same-site": a development server that an agent started, for example.
    const site = request.headers['sec-fetch-site'];
    if (site === 'cross-site' || site === 'same-site') {
      throw new KonuiError('ORIGIN_NOT_ALLOWED', 'other pages may not load this');
    }
  }

  #allowsOrigin(origin: string, requestHost: string): boolean {
    if (this.#origins.has(origin)) return true;
    const match = /^https?:\/\/([^/]+)$/.exec(origin);
    const host = match?.[1];
    // The scheme is not compared: behind a TLS proxy that is not declared as trusted the gateway sees http.
    return host !== undefined && (host === requestHost || (origin.startsWith('http:') && this.#hosts.has(host)));
  }
}
