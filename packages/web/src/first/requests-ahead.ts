const SESSION_PAGE = /^\/s\/([0-9a-f-]{36})$/;
const SESSIONS = '/api/providers/sessions';

/** A request that was sent before the code that wants its answer was there. */
export interface RequestAhead {
  readonly url: string;
  readonly authorization: string;
  readonly answer: Promise<Response>;
}

declare global {
  interface Window {
    /** What `first/main.ts` has asked for, and nobody has wanted yet. */
    konuiAhead?: RequestAhead[];
  }
}

/** What the page at this path will ask for first, each once. */
function pathsAhead(pathname: string): readonly string[] {
  const sessionId = SESSION_PAGE.exec(pathname)?.[1];
  return sessionId === undefined ? [SESSIONS] : [`${SESSIONS}/${sessionId}/history`, SESSIONS];
}

/** Asks at once for what the page at this address will ask for. */
export function askAhead(address: URL, token: string, send: typeof fetch): RequestAhead[] {
  const authorization = `Bearer ${token}`;
  return pathsAhead(address.pathname).map((path) => {
    const url = `${address.origin}${path}`;
    const answer = send(url, { headers: { accept: 'application/json', authorization }, cache: 'no-store' });
    // Whoever asks for it hears of a failure; it may be that nobody does.
    answer.catch(() => undefined);
    return { url, authorization, answer };
  });
}

/** A `fetch` that gives each of the answers to who asks for it first, as the same person, and takes it out; all else is sent as ever. */
export function takeAhead(ahead: RequestAhead[], send: typeof fetch): typeof fetch {
  return (input, init) => {
    const { method = 'GET', headers } = init ?? {};
    const authorization = new Headers(headers).get('authorization');
    const url = input instanceof Request ? input.url : String(input);
    const index = ahead.findIndex((each) => each.url === url && each.authorization === authorization);
    const [found] = index === -1 || method !== 'GET' ? [] : ahead.splice(index, 1);
    return found?.answer ?? send(input, init);
  };
}
