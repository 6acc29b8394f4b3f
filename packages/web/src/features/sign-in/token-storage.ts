const KEY = 'konui.token';

/** The access token of this origin. */
export interface TokenStorage {
  read(): string | undefined;
  write(token: string): void;
  clear(): void;
}

export function createTokenStorage(storage: Storage): TokenStorage {
  return {
    read: () => storage.getItem(KEY) ?? undefined,
    write: (token) => storage.setItem(KEY, token),
    clear: () => storage.removeItem(KEY),
  };
}
