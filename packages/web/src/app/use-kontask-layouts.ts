import type { KontaskLayoutsState } from '@konui/client';
import { useLazyValue } from '../ui/lazy-value.ts';
import { type Store, useStore } from '../ui/use-store.ts';
import type { LayoutParts } from './kontask-layouts.ts';
import { useServices } from './services.ts';

const LOADING = { state: 'loading' } as const;
const NOT_YET: Store<KontaskLayoutsState> = { get: () => LOADING, subscribe: () => () => undefined };

/** The layouts as they are now, and what they are changed by once that is there. */
export function useKontaskLayouts(): {
  readonly layouts: KontaskLayoutsState;
  readonly parts: LayoutParts | undefined;
} {
  const { layoutParts } = useServices();
  const parts = useLazyValue(layoutParts);
  return { layouts: useStore(parts?.layouts ?? NOT_YET), parts };
}
