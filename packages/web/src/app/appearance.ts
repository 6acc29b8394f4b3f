import { createStore } from '../ui/create-store.ts';
import type { Store } from '../ui/use-store.ts';

/** How much room things take, and whether long lines of code wrap. */
export interface Appearance {
  readonly density: 'comfortable' | 'compact';
  readonly isWrapping: boolean;
}

export interface AppearanceChoice extends Store<Appearance> {
  set(next: Partial<Appearance>): void;
}

const DENSITY_KEY = 'konui.density';
const WRAP_KEY = 'konui.wrap';

/** The look of this device beside its theme; the styles read it from the page's root. */
export function createAppearanceChoice(storage: Storage, page: Document = document): AppearanceChoice {
  const store = createStore<Appearance>({
    density: storage.getItem(DENSITY_KEY) === 'compact' ? 'compact' : 'comfortable',
    isWrapping: storage.getItem(WRAP_KEY) === 'on',
  });
  const show = ({ density, isWrapping }: Appearance): void => {
    page.documentElement.dataset['density'] = density;
    page.documentElement.dataset['wrap'] = isWrapping ? 'on' : 'off';
  };
  show(store.get());
  return {
    get: store.get,
    subscribe: store.subscribe,
    set(next) {
      const appearance = { ...store.get(), ...next };
      storage.setItem(DENSITY_KEY, appearance.density);
      storage.setItem(WRAP_KEY, appearance.isWrapping ? 'on' : 'off');
      show(appearance);
      store.set(appearance);
    },
  };
}
