import type { ComponentType, ReactNode } from 'react';
import { createLazyValue, useLazyValue } from '../ui/lazy-value.ts';
import { LoadingNote } from './loading-note.tsx';

/** What a page gets: the named parts of its address. */
export interface PageProps {
  readonly params: Readonly<Record<string, string | undefined>>;
}

export interface LazyPage {
  readonly Page: ComponentType<PageProps>;
  /** Fetches the code, so that the page is drawn together with what is around it. Rejects where that fails. */
  readonly load: () => Promise<unknown>;
}

/** A page whose code is fetched when it is first shown, or before that by `load`. */
export function createLazyPage(fetchPage: () => Promise<ComponentType<PageProps>>): LazyPage {
  const code = createLazyValue(fetchPage);
  function Page(props: PageProps): ReactNode {
    const Loaded = useLazyValue(code);
    return Loaded === undefined ? <LoadingNote /> : <Loaded {...props} />;
  }
  return { Page, load: () => code.load() };
}
