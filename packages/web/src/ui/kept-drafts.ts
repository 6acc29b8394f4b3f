/** Of so many that nobody came back to, the one that was left first goes. */
const MAX_KEPT = 20;

export type DraftPlace = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

interface KeptDraftsOptions<T> {
  readonly storage: DraftPlace;
  /** Of the keys that are theirs. */
  readonly prefix: string;
  /** Undefined where it is of another shape: another version wrote it. May throw. */
  readonly parse: (kept: object) => T | undefined;
}

/** Things that are half done, by name; they survive reloads. */
export interface KeptDrafts<T> {
  readonly read: (name: string) => T | undefined;
  readonly write: (name: string, draft: T) => void;
  readonly forget: (name: string) => void;
  readonly names: () => readonly string[];
}

export function createKeptDrafts<T extends object>({ storage, prefix, parse }: KeptDraftsOptions<T>): KeptDrafts<T> {
  const read = (name: string) => parseDated(storage.getItem(prefix + name), parse);
  const forget = (name: string): void => storage.removeItem(prefix + name);
  const names = (): readonly string[] =>
    keysOf(storage).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  return {
    read: (name) => read(name)?.draft,
    forget,
    names,
    write(name, draft) {
      keepText(storage, prefix + name, JSON.stringify({ ...draft, at: Date.now() }));
      const aged = names().map((each) => ({ each, at: read(each)?.at ?? 0 }));
      const newestFirst = aged.toSorted((one, other) => other.at - one.at);
      for (const { each } of newestFirst.slice(MAX_KEPT)) forget(each);
    },
  };
}

/** Where the storage is full it still stands on the page: only leaving that would lose it. */
export function keepText(storage: Pick<Storage, 'setItem'>, key: string, text: string): void {
  try {
    storage.setItem(key, text);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

export function keysOf(storage: Pick<Storage, 'key' | 'length'>): readonly string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
}

function parseDated<T>(
  text: string | null,
  parse: (kept: object) => T | undefined,
): { readonly at: number; readonly draft: T } | undefined {
  if (text === null) return undefined;
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null || !('at' in kept) || typeof kept.at !== 'number') return undefined;
    const draft = parse(kept);
    return draft === undefined ? undefined : { at: kept.at, draft };
  } catch {
    return undefined;
  }
}
