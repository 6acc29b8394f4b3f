const KEY = Symbol.for('konui.connections');

interface Shared<T> {
  readonly value: T;
  users: number;
}

/**
 * One value for each address in a whole tab, whatever copies of this SDK are loaded in it (A8): they meet in a
 * symbol of the global registry. `release` says whether that was the last user.
 */
export function shareInTab<T extends object>(
  scope: object,
  address: string,
  create: () => T,
): { value: T; release: () => boolean } {
  const registry = registryOf<T>(scope);
  let shared = registry.get(address);
  if (shared === undefined) {
    shared = { value: create(), users: 0 };
    registry.set(address, shared);
  }
  const entry = shared;
  entry.users += 1;
  let isReleased = false;
  return {
    value: entry.value,
    release() {
      if (isReleased) return false;
      isReleased = true;
      entry.users -= 1;
      if (entry.users === 0) registry.delete(address);
      return entry.users === 0;
    },
  };
}

function registryOf<T>(scope: object): Map<string, Shared<T>> {
  const existing: unknown = Reflect.get(scope, KEY);
  // Another copy of this SDK put it there; it is parsed no further than this.
  if (existing instanceof Map) return existing as Map<string, Shared<T>>;
  const registry = new Map<string, Shared<T>>();
  Object.defineProperty(scope, KEY, { value: registry, configurable: true });
  return registry;
}
