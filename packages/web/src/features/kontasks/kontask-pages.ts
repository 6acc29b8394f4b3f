import type { KontaskSummary } from '@konui/protocol';

export interface Pages {
  readonly kontasks: readonly KontaskSummary[];
  readonly nextCursor: string | null;
  readonly total: number;
  readonly unread: number;
}

/** The next page after those that are shown; a row that moved meanwhile stands once. */
export function addPage(pages: Pages, next: Pages): Pages {
  const shown = new Set(pages.kontasks.map(({ id }) => id));
  return { ...next, kontasks: [...pages.kontasks, ...next.kontasks.filter(({ id }) => !shown.has(id))] };
}

/** A first page that was asked for again: what stood after its last row stays below it, and so does the place. */
export function renewFirstPage(pages: Pages, first: Pages): Pages {
  const lastId = first.kontasks.at(-1)?.id;
  const last = pages.kontasks.findIndex(({ id }) => id === lastId);
  if (first.nextCursor === null || last === -1) return first;
  const inFirst = new Set(first.kontasks.map(({ id }) => id));
  const rest = pages.kontasks.slice(last + 1).filter(({ id }) => !inFirst.has(id));
  if (rest.length === 0) return first;
  return { ...first, kontasks: [...first.kontasks, ...rest], nextCursor: pages.nextCursor };
}

/** A row that is shown, as it is now. */
export function renewRow(pages: Pages, kontask: KontaskSummary): Pages {
  const kontasks = pages.kontasks.map((row) =>
    row.id === kontask.id && row.version <= kontask.version ? kontask : row,
  );
  return { ...pages, kontasks };
}

export function removeRow(pages: Pages, kontaskId: string): Pages {
  return { ...pages, kontasks: pages.kontasks.filter(({ id }) => id !== kontaskId) };
}
