import type { ReactNode } from 'react';
import { defineGallery } from '../gallery/define-gallery.ts';
import { ALL_RIGHTS, OwnRightsProvider } from '../ui/own-rights.ts';
import { BottomBar } from './bottom-bar.tsx';

const nothing = (): void => undefined;
const bar = (location: string, counts: { needsYou: number; unreadKontasks: number }): ReactNode => (
  <BottomBar location={location} isListOpen={false} onList={nothing} onNavigate={nothing} {...counts} />
);

export const gallery = defineGallery({
  name: 'bottom-bar',
  states: {
    nothing: () => bar('/', { needsYou: 0, unreadKontasks: 0 }),
    waiting: () => bar('/kontasks', { needsYou: 2, unreadKontasks: 128 }),
    'read-only': () => (
      <OwnRightsProvider value={{ ...ALL_RIGHTS, prompt: false }}>
        {bar('/settings', { needsYou: 0, unreadKontasks: 1 })}
      </OwnRightsProvider>
    ),
  },
});
