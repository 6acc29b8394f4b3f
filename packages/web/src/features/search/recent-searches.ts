const KEY = 'konui.searches';
const MAX_SEARCHES = 8;

/** The last searches that led somewhere, on this device. */
export interface RecentSearches {
  read(): readonly string[];
  add(q: string): void;
  clear(): void;
}

export function createRecentSearches(storage: Storage): RecentSearches {
  const read = (): readonly string[] => {
    try {
      const stored: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
      return Array.isArray(stored) ? stored.filter((q) => typeof q === 'string').slice(0, MAX_SEARCHES) : [];
    } catch {
      // Something else wrote there.
      return [];
    }
  };
  return {
    read,
    add(q) {
      if (q === '') return;
      storage.setItem(KEY, JSON.stringify([q, ...read().filter((other) => other !== q)].slice(0, MAX_SEARCHES)));
    },
    clear: () => storage.removeItem(KEY),
  };
}
