/** What the page of layouts shows. */
export interface LayoutsQuery {
  readonly type: string | undefined;
  /** The kontask that the layout is tried on. */
  readonly kontaskId: string | undefined;
}

export function toLayoutsAddress({ type, kontaskId }: LayoutsQuery): string {
  const search = new URLSearchParams();
  if (type !== undefined) search.set('type', type);
  if (kontaskId !== undefined) search.set('kontask', kontaskId);
  const text = search.toString();
  return text === '' ? '/kontasks/layouts' : `/kontasks/layouts?${text}`;
}

export function parseLayoutsQuery(search: string): LayoutsQuery {
  const parameters = new URLSearchParams(search);
  return { type: parameters.get('type') ?? undefined, kontaskId: parameters.get('kontask') ?? undefined };
}
