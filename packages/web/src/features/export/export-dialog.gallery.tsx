import type { ReactNode } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { ExportDialog, type ExportState } from './export-dialog.tsx';

const nothing = () => undefined;

function Show({ state }: { state?: ExportState }): ReactNode {
  return (
    <ExportDialog
      title="Fix the login on phones"
      agent="demo"
      folder="/home/me/shop"
      loadEvents={() => new Promise(nothing)}
      loadImage={() => new Promise(nothing)}
      onClose={nothing}
      {...(state === undefined ? {} : { initialState: state })}
    />
  );
}

export const gallery = defineGallery({
  name: 'export-dialog',
  isAlone: true,
  states: {
    idle: () => <Show />,
    working: () => <Show state={{ state: 'working', progress: { stage: 'events', done: 5000, all: 12_000 } }} />,
    done: () => <Show state={{ state: 'done', words: 'Saved as fix-the-login-on-phones-2026-01-31.html.' }} />,
    failed: () => <Show state={{ state: 'failed', words: 'The export failed: the server did not answer' }} />,
  },
});
