import type { ReactNode } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { sampleSession } from '../../gallery/sample-sessions.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { RowMenu } from './row-menu.tsx';

const nothing = () => undefined;
const later = async () => undefined;
const at = { x: 80, y: 60 };
const actions = {
  open: nothing,
  rename: nothing,
  setArchived: nothing,
  remove: nothing,
  copyLink: nothing,
  stop: nothing,
};
const idle = sampleSession(1, 'Fix the login on phones');
const running = sampleSession(2, 'Speed up the build', { status: 'working' });
const held = sampleSession(3, 'Held', { queuedPrompts: 2, queueHold: 'stopped' });
const archived = sampleSession(4, 'In the archive', { archived: true });
const long = sampleSession(5, 'With-a-word-that-has-no-end'.repeat(6), { status: 'working' });

const page = (children: ReactNode): ReactNode => (
  <main className="gallery">
    <h1>Session</h1>
    {children}
  </main>
);

export const gallery = defineGallery({
  name: 'session-actions',
  isAlone: true,
  states: {
    'menu-idle': () => page(<RowMenu session={idle} at={at} actions={actions} onClose={nothing} />),
    'menu-running': () => page(<RowMenu session={running} at={at} actions={actions} onClose={nothing} />),
    'menu-held': () => page(<RowMenu session={held} at={at} actions={actions} onClose={nothing} />),
    'menu-archived': () => page(<RowMenu session={archived} at={at} actions={actions} onClose={nothing} />),
    rename: () => page(<RenameDialog session={idle} rename={later} onClose={nothing} />),
    delete: () => page(<RemoveDialog session={idle} remove={later} onClose={nothing} />),
    'delete-running': () => page(<RemoveDialog session={long} remove={later} onClose={nothing} />),
  },
});
