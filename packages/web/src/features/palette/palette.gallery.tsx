import { defineGallery } from '../../gallery/define-gallery.ts';
import { Palette } from './palette.tsx';
import type { PaletteEntry } from './palette-entry.ts';

const nothing = () => undefined;
const session = (label: string, over: Partial<PaletteEntry> = {}): PaletteEntry => ({
  id: label,
  group: 'sessions',
  label,
  detail: 'shop · claude',
  icon: 'bubble',
  run: nothing,
  ...over,
});
const action = (label: string, icon: PaletteEntry['icon'], keys?: string): PaletteEntry => ({
  id: label,
  group: 'actions',
  label,
  icon,
  keys,
  run: nothing,
});

export const gallery = defineGallery({
  name: 'palette',
  isAlone: true,
  states: {
    open: () => (
      <Palette
        onClose={nothing}
        entries={[
          session('Fix the login on phones', { mark: 'needs-you' }),
          session('Speed up the build', { mark: 'working', detail: 'build-tools · codex' }),
          session('A title that says much more than any list has room for, and then says it all over again'),
          session('Release notes', { mark: 'trouble', detail: 'docs · demo' }),
          action('New session', 'plus', 'Ctrl+Alt+n'),
          action('Overview', 'home', 'g h'),
          action('Settings', 'gear', 'g ,'),
          action('Sign out', 'signOut'),
        ]}
      />
    ),
    'nothing-to-find': () => <Palette onClose={nothing} entries={[]} />,
  },
});
