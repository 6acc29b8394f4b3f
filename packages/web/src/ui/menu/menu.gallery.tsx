import { defineGallery } from '../../gallery/define-gallery.ts';
import { Menu } from './menu.tsx';

const nothing = () => undefined;
const at = { x: 120, y: 90 };

export const gallery = defineGallery({
  name: 'menu',
  isAlone: true,
  states: {
    open: () => (
      <main className="gallery">
        <h1>Menu</h1>
        <Menu
          label="Fix the login that is broken on every phone that was ever made"
          at={at}
          onClose={nothing}
          items={[
            { label: 'Rename', icon: 'pencil', run: nothing },
            { label: 'Archive', icon: 'archive', run: nothing },
            { label: 'Copy link', icon: 'link', run: nothing },
            { label: 'Delete…', icon: 'trash', isDanger: true, run: nothing },
          ]}
        />
      </main>
    ),
  },
});
