/** What is searched for, as it stands in the address: `/search?q=…&project=…&agent=…&from=…&to=…&archived=1`. */
export interface PageQuery {
  readonly q: string;
  readonly project: string;
  readonly agent: string;
  /** Days of this place, `2026-01-31`; both inclusive. */
  readonly from: string;
  readonly to: string;
  readonly isWithArchive: boolean;
}

/** What the gateway is asked. */
export interface HitQuery {
  readonly q: string;
  readonly projectPath?: string;
  readonly provider?: string;
  readonly from?: string;
  readonly to?: string;
  readonly includeArchived?: boolean;
}

export function parsePageQuery(search: string): PageQuery {
  const params = new URLSearchParams(search);
  const get = (name: string): string => params.get(name) ?? '';
  return {
    q: get('q'),
    project: get('project'),
    agent: get('agent'),
    from: toDay(get('from')),
    to: toDay(get('to')),
    isWithArchive: get('archived') === '1',
  };
}

/** Without what is empty, so that a plain search has a plain address. */
export function toSearch(query: PageQuery): string {
  const params = new URLSearchParams();
  for (const name of ['q', 'project', 'agent', 'from', 'to'] as const) {
    if (query[name] !== '') params.set(name, query[name]);
  }
  if (query.isWithArchive) params.set('archived', '1');
  return params.toString();
}

/** Undefined where there is nothing to look for. */
export function toHitQuery(query: PageQuery): HitQuery | undefined {
  if (query.q.trim() === '') return undefined;
  return {
    q: query.q.trim(),
    ...(query.project === '' ? {} : { projectPath: query.project }),
    ...(query.agent === '' ? {} : { provider: query.agent }),
    ...(query.from === '' ? {} : { from: startOf(query.from, 0) }),
    ...(query.to === '' ? {} : { to: startOf(query.to, 1) }),
    ...(query.isWithArchive ? { includeArchived: true } : {}),
  };
}

/** The first moment of a day here, or of one after it. */
function startOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

function toDay(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '';
}
