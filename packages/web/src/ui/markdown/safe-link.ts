/** The address of a link that may be opened, or undefined: an agent's text must not run scripts or open local files. */
export function safeLink(href: string): string | undefined {
  let url: URL;
  try {
    url = new URL(href);
  } catch {
    return undefined;
  }
  return url.protocol === 'https:' || url.protocol === 'http:' || url.protocol === 'mailto:' ? href : undefined;
}
