import { KonuiError } from '@konui/protocol';
import type { ReactNode } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { sampleSessions } from '../../gallery/sample-sessions.ts';
import { ImportDialog } from './import-dialog.tsx';
import { KontaskForm } from './kontask-form.tsx';
import { RemoveKontaskDialog } from './remove-kontask-dialog.tsx';
import { sampleAnswer, sampleApi, sampleInbox, sampleKontasks } from './sample-kontasks.gallery-data.ts';
import { SessionDialog } from './session-dialog.tsx';

const nothing = (): void => undefined;
const never = (): Promise<never> => new Promise(nothing);

function form(isEdit: boolean): ReactNode {
  const [kontask] = sampleKontasks;
  if (kontask === undefined) return null;
  return (
    <KontaskForm
      api={sampleApi({ change: () => Promise.reject(new KonuiError('KONTASK_CHANGED', 'it has version 2 now')) })}
      inbox={sampleInbox}
      scopes={['shop']}
      onSaved={nothing}
      onClose={nothing}
      {...(isEdit ? { answer: sampleAnswer(kontask) } : {})}
    />
  );
}

export const gallery = defineGallery({
  name: 'kontask-windows',
  isAlone: true,
  states: {
    create: () => form(false),
    edit: () => form(true),
    import: () => <ImportDialog api={sampleApi()} inbox={sampleInbox} onClose={nothing} />,
    remove: () => <RemoveKontaskDialog title="Status report" remove={never} onClose={nothing} />,
    'choose-session': () => (
      <SessionDialog sessions={sampleSessions} createSession={never} onChosen={nothing} onClose={nothing} />
    ),
    'no-session': () => <SessionDialog sessions={[]} createSession={never} onChosen={nothing} onClose={nothing} />,
  },
});
