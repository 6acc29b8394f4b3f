import { KontaskStatus, type KontaskQuery } from '@konui/protocol';

/** What the list is narrowed to, as it stands in the address: `/kontasks?q=…&status=…&type=…&scope=…&tag=…&targetUser=…`. */
export interface ListQuery {
  readonly q: string;
  readonly status: string;
  readonly type: string;
  readonly scope: string;
  readonly tag: string;
  readonly targetUser: string;
}

const FIELDS = ['q', 'status', 'type', 'scope', 'tag', 'targetUser'] as const;

export function parseListQuery(search: string): ListQuery {
  const params = new URLSearchParams(search);
  const get = (name: string): string => params.get(name) ?? '';
  const status = get('status');
  return {
    q: get('q'),
    status: KontaskStatus.options.some((each) => each === status) ? status : '',
    type: get('type'),
    scope: get('scope'),
    tag: get('tag'),
    targetUser: get('targetUser'),
  };
}

/** Without what is empty, so that the whole list has a plain address. */
export function toSearch(query: ListQuery): string {
  const params = new URLSearchParams();
  for (const name of FIELDS) if (query[name] !== '') params.set(name, query[name]);
  return params.toString();
}

/** What the gateway is asked. */
export function toKontaskQuery(query: ListQuery): Partial<KontaskQuery> {
  const { status, q, ...names } = query;
  const given = Object.fromEntries(Object.entries(names).filter(([, value]) => value !== ''));
  const known = KontaskStatus.options.find((each) => each === status);
  return { ...given, ...(known === undefined ? {} : { status: known }), ...(q.trim() === '' ? {} : { q: q.trim() }) };
}

export function isFiltered(query: ListQuery): boolean {
  return FIELDS.some((name) => name !== 'q' && query[name] !== '');
}
