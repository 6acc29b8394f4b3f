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
  const listeners = new Set<() => void>();
  let appearance: Appearance = {
    density: storage.getItem(DENSITY_KEY) === 'compact' ? 'compact' : 'comfortable',
    isWrapping: storage.getItem(WRAP_KEY) === 'on',
  };
  const show = (): void => {
    page.documentElement.dataset['density'] = appearance.density;
    page.documentElement.dataset['wrap'] = appearance.isWrapping ? 'on' : 'off';
  };
  show();
  return {
    get: () => appearance,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(next) {
      appearance = { ...appearance, ...next };
      storage.setItem(DENSITY_KEY, appearance.density);
      storage.setItem(WRAP_KEY, appearance.isWrapping ? 'on' : 'off');
      show();
      listeners.forEach((listener) => listener());
    },
  };
}
