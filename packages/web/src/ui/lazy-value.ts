import { useEffect, useState } from 'react';

/** A value whose code is loaded when it is first wanted, and which is made once. */
export interface LazyValue<T> {
  /** Undefined until it has been loaded. */
  readonly now: T | undefined;
  load(): Promise<T>;
}

export function createLazyValue<T>(make: () => Promise<T>): LazyValue<T> {
  let value: T | undefined;
  let loading: Promise<T> | undefined;
  return {
    get now() {
      return value;
    },
    load() {
      loading ??= make().then(
        (made) => (value = made),
        (error: unknown) => {
          // The network was away: whoever wants it next tries again.
          loading = undefined;
          throw error;
        },
      );
      return loading;
    },
  };
}

/** The value, or undefined until it is there or nobody has wanted it yet; a failure surfaces as the page's own. */
export function useLazyValue<T>(lazy: LazyValue<T>, isWanted = true): T | undefined {
  const [value, setValue] = useState(() => {
    // Not only once the page is painted without it; what becomes of it is told below.
    if (isWanted) lazy.load().catch(() => undefined);
    return lazy.now;
  });
  const [failure, setFailure] = useState<unknown>(undefined);
  useEffect(() => {
    if (!isWanted) return;
    let isLeft = false;
    lazy.load().then(
      (loaded) => {
        if (!isLeft) setValue(() => loaded);
      },
      (error: unknown) => {
        if (!isLeft) setFailure(error);
      },
    );
    return () => {
      isLeft = true;
    };
  }, [lazy, isWanted]);
  if (failure !== undefined) throw failure;
  return value ?? (isWanted ? lazy.now : undefined);
}
