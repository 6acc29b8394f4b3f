import type { ClientRequest } from './client-request.ts';

const MAX_LENGTH = 100;
const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const;

/** What a person calls the device: `?device=` if the client says so, else "Firefox on Linux" from its User-Agent. */
export function describeDevice(request: ClientRequest): string | undefined {
  const named = printable(request.url.searchParams.get('device') ?? '');
  if (named !== '') return named;
  const agent = request.headers['user-agent'] ?? '';
  const browser = BROWSERS.find(([mark]) => agent.includes(mark))?.[1];
  const system = SYSTEMS.find(([mark]) => agent.includes(mark))?.[1];
  if (browser !== undefined) return system === undefined ? browser : `${browser} on ${system}`;
  const [product = ''] = printable(agent).split(' ');
  return product === '' ? undefined : product;
}

function printable(text: string): string {
  return text.replace(/\p{C}/gu, '').trim().slice(0, MAX_LENGTH);
}
