import type { ReactNode } from 'react';
import { Provider, type SessionInfo } from '@konui/protocol';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { NotConnected } from '../../gallery/not-connected.tsx';
import { sampleSession } from '../../gallery/sample-sessions.ts';
import { SessionHeading } from './session-heading.tsx';
import { TitleEditor } from './title-editor.tsx';
import { usageFacts } from './usage-facts.ts';

const nothing = () => undefined;
const session = sampleSession(1, 'Fix the login on phones', { provider: Provider.parse('demo') });
const usage = usageFacts({ used: 172_000, size: 200_000, cost: { amount: 1.27, currency: 'USD' } }, []);
const none = usageFacts(undefined, []);

function Heading({ over = {}, title = 'Fix the login on phones', isUsed = true }: Shown): ReactNode {
  return (
    <SessionHeading
      session={{ ...session, ...over }}
      title={title}
      usage={isUsed ? usage : none}
      onRename={nothing}
      onCopyLink={nothing}
      onExport={nothing}
      onRawLog={nothing}
      onArchive={nothing}
      onDelete={nothing}
      onResume={undefined}
    />
  );
}

interface Shown {
  readonly over?: Partial<SessionInfo>;
  readonly title?: string;
  readonly isUsed?: boolean;
}

export const gallery = defineGallery({
  name: 'session-heading',
  states: {
    idle: () => <Heading />,
    working: () => <Heading over={{ status: 'working' }} />,
    'needs-you': () => <Heading over={{ status: 'waiting' }} isUsed={false} />,
    'not-connected': () => (
      <NotConnected>
        <Heading over={{ status: 'working' }} />
      </NotConnected>
    ),
    failed: () => <Heading over={{ lastRun: { stopReason: 'error', success: false, aborted: false } }} />,
    archived: () => <Heading over={{ archived: true }} isUsed={false} />,
    'archived-yet-alive': () => <Heading over={{ archived: true, status: 'waiting' }} isUsed={false} />,
    'long-title': () => (
      <Heading
        over={{ projectPath: '/home/me/a-project-with-a-name-that-is-far-too-long-for-any-heading' }}
        title="A title that goes on and on, because somebody pasted half of the specification into the first prompt"
      />
    ),
    renaming: () => (
      <header className="session-header">
        <TitleEditor title="Fix the login on phones" onSave={nothing} onCancel={nothing} />
      </header>
    ),
  },
});
