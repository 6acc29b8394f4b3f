import { createStore } from './create-store.ts';
import type { Store } from './use-store.ts';

const KEY = 'konui.single-keys';

/**
 * Whether a single key, without Ctrl or Alt, does something (WCAG 2.2, 2.1.4: it can be switched off, because speech
 * input and tremor press keys that nobody meant). Kept in storage.
 */
export interface SingleKeys extends Store<boolean> {
  readonly set: (isOn: boolean) => void;
}

export function createSingleKeys(storage: Storage, page: Document = document): SingleKeys {
  const store = createStore(storage.getItem(KEY) !== 'off');
  const show = (isOn: boolean): void => {
    page.documentElement.dataset['singleKeys'] = isOn ? 'on' : 'off';
  };
  show(store.get());
  return {
    get: store.get,
    subscribe: store.subscribe,
    set(next) {
      if (next) storage.removeItem(KEY);
      else storage.setItem(KEY, 'off');
      show(next);
      store.set(next);
    },
  };
}

/** The same for whatever listens to keys of its own. */
export function areSingleKeysOn(page: Document = document): boolean {
  return page.documentElement.dataset['singleKeys'] !== 'off';
}
