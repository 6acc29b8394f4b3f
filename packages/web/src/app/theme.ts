import type { Store } from '../ui/use-store.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** `first/main.ts` reads it before anything is painted. */
const KEY = 'konui.theme';
/** The page's own background, for what the browser paints around it. */
const COLOURS = { light: '#ffffff', dark: '#15171c' };

export interface ThemeChoice extends Store<Theme> {
  readonly set: (theme: Theme) => void;
  readonly close: () => void;
}

/** Light, dark, or what the system says; kept in storage and the same in all tabs. */
export function createThemeChoice(storage: Storage, page: Document = document): ThemeChoice {
  const listeners = new Set<() => void>();
  let theme = toTheme(storage.getItem(KEY));
  const change = (next: Theme): void => {
    theme = next;
    show(theme, page);
    listeners.forEach((listener) => listener());
  };
  const onStorage = (event: StorageEvent): void => {
    if (event.key === KEY) change(toTheme(event.newValue));
  };
  show(theme, page);
  window.addEventListener('storage', onStorage);
  return {
    get: () => theme,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(next) {
      if (next === 'system') storage.removeItem(KEY);
      else storage.setItem(KEY, next);
      change(next);
    },
    close: () => window.removeEventListener('storage', onStorage),
  };
}

/** The one after it, for a key that goes through all of them. */
export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
}

function toTheme(stored: string | null): Theme {
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

function show(theme: Theme, page: Document): void {
  if (theme === 'system') delete page.documentElement.dataset['theme'];
  else page.documentElement.dataset['theme'] = theme;
  for (const meta of page.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const ofSystem = meta.media.includes('dark') ? 'dark' : 'light';
    meta.content = COLOURS[theme === 'system' ? ofSystem : theme];
  }
  const scheme = page.querySelector<HTMLMetaElement>('meta[name="color-scheme"]');
  if (scheme !== null) scheme.content = theme === 'system' ? 'light dark' : theme;
}
