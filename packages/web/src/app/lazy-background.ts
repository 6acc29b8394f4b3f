import { whenIdle } from '../offline/when-idle.ts';
import type { Background, startBackground } from './background.ts';

export interface LazyBackground {
  /** Begins it now where it has not begun yet. */
  readonly get: () => Promise<Background>;
  readonly close: () => void;
}

/** Begins the background, code and all, when the page is idle or somebody asks for it. */
export function createLazyBackground(options: Parameters<typeof startBackground>[0]): LazyBackground {
  let started: Promise<Background> | undefined;
  let isClosed = false;
  const get = (): Promise<Background> =>
    (started ??= import('./background.ts').then((module) => {
      const background = module.startBackground(options);
      if (isClosed) background.close();
      return background;
    }));
  void whenIdle().then(() => (isClosed ? undefined : get()));
  return {
    get,
    close() {
      isClosed = true;
      void started?.then((background) => background.close());
    },
  };
}
