import type { Gallery } from './define-gallery.ts';

/** Every `*.gallery.tsx` of the app, by name. */
export function allGalleries(): readonly Gallery[] {
  const modules = import.meta.glob<{ gallery: Gallery }>('../**/*.gallery.tsx', { eager: true });
  return Object.values(modules)
    .map(({ gallery }) => gallery)
    .toSorted((one, other) => one.name.localeCompare(other.name));
}
