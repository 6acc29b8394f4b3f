import { defineGallery } from '../../gallery/define-gallery.ts';
import { ToastRegion } from './toast-region.tsx';
import { createToasts, type Toasts } from './toasts.ts';

function holding(...shown: Parameters<Toasts['show']>[0][]): Toasts {
  const toasts = createToasts();
  // Photographed, not timed.
  toasts.pause();
  shown.forEach(toasts.show);
  return toasts;
}

const nothing = () => undefined;

export const gallery = defineGallery({
  name: 'toast',
  isAlone: true,
  states: {
    plain: () => <ToastRegion toasts={holding({ text: 'Link copied' })} />,
    'with-action': () => (
      <ToastRegion
        toasts={holding({ text: '“Fix the login” is in the archive', action: { label: 'Undo', run: nothing } })}
      />
    ),
    three: () => (
      <ToastRegion
        toasts={holding(
          { text: 'Link copied' },
          { text: '“A session with a title that is far too long for one line of any toast” is in the archive' },
          { text: 'Renamed', action: { label: 'Undo', run: nothing } },
        )}
      />
    ),
  },
});
