/** The address of a link that may be opened, or undefined: an agent's text must not run scripts or open local files. */
export function safeLink(href: string): string | undefined {
  const url = parse(href);
  return url?.protocol === 'https:' || url?.protocol === 'http:' || url?.protocol === 'mailto:' ? href : undefined;
}

/** The host that an address leads to, as the browser writes it (IDN as xn--), or undefined where there is none. */
export function hostOf(href: string): string | undefined {
  const host = parse(href)?.host;
  return host === '' ? undefined : host;
}

/** A word with a dot in it, which a reader would take for an address. */
const LOOKS_LIKE_HOST = /(?:[a-z][a-z+.-]*:\/\/)?(?:[^\s/@]*@)?((?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,})/iu;

/** The real host, where a link's text names another one. */
export function otherHost(text: string, href: string): string | undefined {
  const host = hostOf(href);
  const claimed = LOOKS_LIKE_HOST.exec(text)?.[1];
  if (host === undefined || claimed === undefined) return undefined;
  const real = withoutWww(host.replace(/:\d+$/, ''));
  const said = withoutWww(claimed.toLowerCase());
  const isFileName = !/:\/\/|^www\./i.test(text) && !/\.(?:com|org|net|io|dev|app|ai|gov|edu|co|me)$/i.test(claimed);
  return said === real || isFileName ? undefined : host;
}

function withoutWww(host: string): string {
  return host.replace(/^www\./, '');
}

function parse(href: string): URL | undefined {
  return URL.canParse(href) ? new URL(href) : undefined;
}
