import type { ReactNode } from 'react';

/** The states of one component, drawn from fixed data: what the tests photograph and check. */
export interface Gallery {
  /** Names the component in the address: kebab-case, unique. */
  readonly name: string;
  /** A name in kebab-case → the component in that state. */
  readonly states: Readonly<Record<string, () => ReactNode>>;
  /** Each state is shown on a page of its own: dialogs, whole pages, what is fixed to the window. Default: false. */
  readonly isAlone?: boolean;
}

/** Declares a gallery: `export const gallery = defineGallery({…})` in a `*.gallery.tsx` beside the component. */
export function defineGallery(gallery: Gallery): Gallery {
  return gallery;
}
