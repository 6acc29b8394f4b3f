// What waits for nothing: runs before the first paint and while the modules are on their way. The build makes it one
// file of its own, since the page's policy lets no inline script run, and a module waits for the whole page.
import { createTokenStorage } from '../features/sign-in/token-storage.ts';
import { askAhead } from './requests-ahead.ts';

try {
  const theme = localStorage.getItem('konui.theme');
  if (theme === 'light' || theme === 'dark') {
    // `app/theme.ts` does the rest.
    document.documentElement.dataset['theme'] = theme;
    const scheme = document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]');
    if (scheme !== null) scheme.content = theme;
  }
  const token = createTokenStorage(localStorage).read();
  // A link brings a token of its own, which counts once the app has taken it.
  if (token !== undefined && !location.hash.startsWith('#token='))
    window.konuiAhead = askAhead(new URL(location.href), token, fetch.bind(window));
} catch {
  // Storage is blocked: the system's theme it is, and everything is asked for when it is wanted.
}
