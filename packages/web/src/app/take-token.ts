import { tokenFromText } from '../features/sign-in/token-from-text.ts';
import type { TokenStorage } from '../features/sign-in/token-storage.ts';

/** Stores the token of a printed link and takes it out of the address bar and the history, before anything else runs. */
export function takeTokenFromAddress(token: TokenStorage): boolean {
  const { hash, pathname, search } = window.location;
  if (!hash.startsWith('#token=')) return false;
  const found = tokenFromText(hash);
  window.history.replaceState(window.history.state, '', pathname + search);
  if (found !== undefined) token.write(found);
  return found !== undefined;
}

/** Tells of a token that was stored after the page began: by a link opened in this tab, or by another tab. */
export function onTokenStored(token: TokenStorage, listener: () => void): () => void {
  const onHash = (): void => {
    if (takeTokenFromAddress(token)) listener();
  };
  window.addEventListener('hashchange', onHash);
  window.addEventListener('storage', listener);
  return () => {
    window.removeEventListener('hashchange', onHash);
    window.removeEventListener('storage', listener);
  };
}
