import { defineGallery } from '../../gallery/define-gallery.ts';
import { KeysSheet } from './keys-sheet.tsx';

const nothing = () => undefined;
const shortcuts = [
  { does: 'palette', keys: ['Mod+k'], group: 'go' },
  { does: 'new-session', keys: ['Ctrl+Alt+n', 'g n'], group: 'go' },
  { does: 'next-session', keys: ['Alt+ArrowDown'], group: 'go' },
  { does: 'focus-composer', keys: ['c', 'i'], group: 'session' },
  { does: 'allow', keys: ['y'], group: 'answer' },
  { does: 'option', keys: ['1', '9'], isRange: true, group: 'answer' },
  { does: 'help', keys: ['?'], group: 'page' },
] as const;

export const gallery = defineGallery({
  name: 'keys-sheet',
  isAlone: true,
  states: {
    'all-on': () => <KeysSheet shortcuts={shortcuts} areSingleKeysOn onSingleKeys={nothing} onClose={nothing} />,
    'single-keys-off': () => (
      <KeysSheet shortcuts={shortcuts} areSingleKeysOn={false} onSingleKeys={nothing} onClose={nothing} />
    ),
  },
});
