import { type ReactNode, useRef } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import type { Attachment } from './attachment.ts';
import { Composer } from './composer.tsx';
import type { ComposerState, ComposerStore } from './composer-store.ts';
import { optionChoices } from './options/option-choice.ts';
import { ReadOnlyNote } from './read-only-note.tsx';

const nothing = () => undefined;
const PICTURE =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"%3E%3Cpath fill="%233452d1" d="M0 0h4v4H0z"/%3E%3Cpath fill="%23f2a33a" d="M0 4 4 0v4z"/%3E%3C/svg%3E';

function storeOf(state: Partial<ComposerState>): ComposerStore {
  const whole: ComposerState = { text: '', attachments: [], problems: [], waitsFor: undefined, ...state };
  return {
    get: () => whole,
    subscribe: () => nothing,
    write: nothing,
    add: nothing,
    remove: nothing,
    retry: nothing,
    send: nothing,
    stopWaiting: nothing,
    onConnected: nothing,
  };
}

const choices = optionChoices({
  modes: {
    current: 'ask',
    available: [
      { id: 'ask', name: 'Ask before edits' },
      { id: 'edit', name: 'Edit freely' },
    ],
  },
  models: { current: 'large', available: [{ modelId: 'large', name: 'Large' }] },
  configOptions: [{ id: 'web', name: 'Web search', type: 'boolean', currentValue: true }],
});
const commands = [
  { name: 'plan', description: 'Work through a plan' },
  { name: 'publish', description: 'Write the notes of a version and publish it', hint: 'version' },
];

interface Shown {
  readonly state?: Partial<ComposerState>;
  readonly run?: 'none' | 'open' | 'stopping';
  readonly changing?: string;
  readonly problem?: string;
  readonly takesImages?: boolean;
}

function Show({ state = {}, run = 'none', changing, problem, takesImages = true }: Shown): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <Composer
      fieldRef={field}
      store={storeOf(state)}
      commands={commands}
      options={{ choices, changing: changing === undefined ? [] : [changing], problem, onChange: nothing }}
      history={[]}
      takesImages={takesImages}
      run={run}
      onUse={nothing}
      onStop={nothing}
    />
  );
}

const base = { mimeType: 'image/png', byteLength: 412_000, previewUrl: PICTURE };
const uploading: Attachment = { ...base, id: 'a', name: 'screenshot.png', state: 'uploading', sentBytes: 260_000 };
const stored: Attachment = {
  ...base,
  id: 'b',
  name: 'design-of-the-start-page-v2.png',
  state: 'stored',
  attachment: 'x',
};
const file: Attachment = {
  id: 'c',
  name: 'measurements.csv',
  mimeType: 'text/csv',
  byteLength: 8_400_000,
  previewUrl: undefined,
  state: 'stored',
  attachment: 'y',
};
const failed: Attachment = {
  ...base,
  id: 'd',
  name: 'recording.mp4',
  mimeType: 'video/mp4',
  previewUrl: undefined,
  state: 'failed',
  message: 'Not uploaded: the disk of the agent host is full.',
  canRetry: true,
};

export const gallery = defineGallery({
  name: 'composer',
  states: {
    empty: () => <Show />,
    'without-the-right': () => <ReadOnlyNote />,
    written: () => <Show state={{ text: 'Fix the login on phones.\nAnd say why it broke.' }} />,
    running: () => <Show run="open" />,
    'running-written': () => <Show run="open" state={{ text: 'Then run the tests' }} />,
    stopping: () => <Show run="stopping" />,
    commands: () => (
      <div style={{ paddingTop: '130px' }}>
        <Show state={{ text: '/p' }} />
      </div>
    ),
    'with-files': () => <Show state={{ text: 'What is wrong here?', attachments: [stored, file] }} />,
    uploading: () => <Show state={{ text: 'What is wrong here?', attachments: [uploading, file] }} />,
    'waiting-for-files': () => (
      <Show state={{ text: 'What is wrong here?', attachments: [uploading], waitsFor: 'in_turn' }} />
    ),
    'upload-failed': () => (
      <Show
        state={{
          text: 'What is wrong here?',
          attachments: [failed, stored],
          problems: ['Not sent yet: recording.mp4 is not uploaded. Try again or remove it.'],
        }}
      />
    ),
    'too-large': () => <Show state={{ problems: ['film.mov was not added: a file may have 50 MB at most.'] }} />,
    'image-as-link': () => <Show state={{ attachments: [stored] }} takesImages={false} />,
    'option-changing': () => <Show changing="mode" />,
    'option-failed': () => <Show problem="Mode was not changed: the agent does not know it." />,
  },
});
