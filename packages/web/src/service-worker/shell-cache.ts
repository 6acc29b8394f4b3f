/** The files of one build of the page. */
export interface ShellBuild {
  readonly version: string;
  /** Paths; those in `/assets/` carry a hash of their content. */
  readonly files: readonly string[];
}

const PREFIX = 'konui-shell-';
/** The page itself, whatever address it was asked for by. */
const PAGE = '/';
/** A network that takes longer than this is as good as none while a page is kept. */
const PATIENCE_MS = 4000;
/** What a proxy answers for a server that is away. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);

/** The page and its files, kept so that it opens without a network. Nothing else is ever kept. */
export class ShellCache {
  readonly #build: ShellBuild;
  readonly #files: ReadonlySet<string>;

  constructor(build: ShellBuild) {
    this.#build = build;
    this.#files = new Set(build.files);
  }

  /** Fetches all of the build's files; fails as a whole, so that half a page is never kept. */
  async fill(): Promise<void> {
    const cache = await this.#open();
    const requests = [PAGE, ...this.#build.files].map((path) =>
      path.startsWith('/assets/') ? new Request(path) : new Request(path, { cache: 'reload' }),
    );
    await cache.addAll(requests);
  }

  /** Removes what other builds have left. */
  async removeOthers(): Promise<void> {
    const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== this.#name);
    await Promise.all(others.map((name) => caches.delete(name)));
  }

  /** How a request is answered; undefined leaves it to the network, and nothing of it is kept. */
  answer(request: Request, preloaded: Promise<Response | undefined>): Promise<Response> | undefined {
    const { origin, pathname, searchParams } = new URL(request.url);
    const isOurs = request.method === 'GET' && origin === location.origin && !request.headers.has('authorization');
    // A browser that preloads asks by itself already: asked for again, a ticket would be used up.
    if (isOurs && request.mode === 'navigate' && searchParams.has('ticket'))
      return preloaded.then((response) => response ?? fetch(request));
    if (!isOurs || searchParams.has('token') || searchParams.has('ticket')) return undefined;
    // A frame's document is an agent's report; only the app's own pages are the shell.
    if (request.mode === 'navigate') {
      const isPage = request.destination === 'document' && !/^\/(api|ws|healthz)(\/|$)/.test(pathname);
      return isPage ? this.#page(request, preloaded) : undefined;
    }
    if (!this.#files.has(pathname)) return this.#ofOtherBuild(request, pathname);
    return pathname.startsWith('/assets/') ? this.#keptFirst(request) : this.#networkFirst(request);
  }

  /** A newer page is worth a moment; without a network the kept one is shown. */
  async #page(request: Request, preloaded: Promise<Response | undefined>): Promise<Response> {
    const fresh = preloaded.then((response) => response ?? fetch(request));
    // Told below; without this a failure after the kept page was shown would be reported as unhandled.
    fresh.catch(() => undefined);
    const kept = await (await this.#open()).match(PAGE, { ignoreVary: true });
    if (kept === undefined) return fresh;
    const patience = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS));
    const first = await Promise.race([fresh.catch(() => undefined), patience]);
    return first === undefined || AWAY.has(first.status) ? kept : first;
  }

  async #keptFirst(request: Request): Promise<Response> {
    return (await this.#kept(request)) ?? fetch(request);
  }

  async #networkFirst(request: Request): Promise<Response> {
    try {
      const response = await fetch(request);
      if (!AWAY.has(response.status)) return response;
      return (await this.#kept(request)) ?? response;
    } catch (error) {
      const kept = await this.#kept(request);
      if (kept !== undefined) return kept;
      throw error;
    }
  }

  /** A tab that still shows the build before asks for its files. */
  #ofOtherBuild(request: Request, pathname: string): Promise<Response> | undefined {
    return pathname.startsWith('/assets/') ? this.#keptFirst(request) : undefined;
  }

  async #kept(request: Request): Promise<Response | undefined> {
    const own = await (await this.#open()).match(request, { ignoreVary: true });
    return own ?? caches.match(request, { ignoreVary: true });
  }

  #open(): Promise<Cache> {
    return caches.open(this.#name);
  }

  get #name(): string {
    return PREFIX + this.#build.version;
  }
}
