import { defineGallery } from '../../gallery/define-gallery.ts';
import { Menu, type MenuItem } from './menu.tsx';

const nothing = () => undefined;
const at = { x: 120, y: 90 };

const items: readonly MenuItem[] = [
  { label: 'Rename', icon: 'pencil', run: nothing },
  { label: 'Archive', icon: 'archive', run: nothing },
  { label: 'Copy link', icon: 'link', run: nothing },
  { label: 'Delete…', icon: 'trash', isDanger: true, run: nothing },
];
const label = 'Fix the login that is broken on every phone that was ever made';

export const gallery = defineGallery({
  name: 'menu',
  isAlone: true,
  states: {
    open: () => (
      <main className="gallery">
        <h1>Menu</h1>
        <Menu label={label} at={at} onClose={nothing} items={items} />
      </main>
    ),
    'in-heading': () => (
      <main className="gallery">
        <header className="session-header">
          <h1>Menu</h1>
          <Menu label={label} at={at} onClose={nothing} items={items} />
        </header>
      </main>
    ),
  },
});
