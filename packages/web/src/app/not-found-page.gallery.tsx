import { defineGallery } from '../gallery/define-gallery.ts';
import { NotFoundPage } from './not-found-page.tsx';

export const gallery = defineGallery({
  name: 'not-found-page',
  isAlone: true,
  states: {
    'not-found': () => (
      <main className="gallery-page">
        <NotFoundPage path="/nonsense/path" />
      </main>
    ),
    'long-address': () => (
      <main className="gallery-page">
        <NotFoundPage path={`/${'nonsense'.repeat(30)}`} />
      </main>
    ),
  },
});
