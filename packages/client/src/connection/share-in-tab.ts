const KEY = Symbol.for('konui.connections');

interface Shared<T> {
  readonly value: T;
  users: number;
}

/**
 * One connection for each address in a whole tab, whatever copies of this SDK are loaded in it (A8): they meet in a
 * symbol of the global registry. The last one's `close` closes it. Without a `tab` everyone has a connection of their
 * own; by default the tab is `globalThis` in a page and none in Node, where a process may well want several.
 */
export function shareInTab<T extends { close(): void }>(
  tab: object | null | undefined,
  address: string,
  create: () => T,
): T {
  const scope = tab === undefined ? pageScope() : tab;
  if (scope === null) return create();
  const registry = registryOf<T>(scope);
  const shared = registry.get(address) ?? { value: create(), users: 0 };
  registry.set(address, shared);
  shared.users += 1;
  let isReleased = false;
  const close = (): void => {
    if (isReleased) return;
    isReleased = true;
    shared.users -= 1;
    if (shared.users > 0) return;
    registry.delete(address);
    shared.value.close();
  };
  return Object.create(shared.value, { close: { value: close } }) as T;
}

/** In a page all scripts share one global. */
function pageScope(): object | null {
  return typeof document === 'undefined' ? null : globalThis;
}

function registryOf<T>(scope: object): Map<string, Shared<T>> {
  const existing: unknown = Reflect.get(scope, KEY);
  // Another copy of this SDK put it there; it is parsed no further than this.
  if (existing instanceof Map) return existing as Map<string, Shared<T>>;
  const registry = new Map<string, Shared<T>>();
  Object.defineProperty(scope, KEY, { value: registry, configurable: true });
  return registry;
}
