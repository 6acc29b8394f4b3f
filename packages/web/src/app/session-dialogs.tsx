import type { ReactNode } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { useLocation } from 'wouter';
import { RemoveDialog } from '../features/session-actions/remove-dialog.tsx';
import { RenameDialog } from '../features/session-actions/rename-dialog.tsx';
import { RowMenu } from '../features/session-actions/row-menu.tsx';
import type { SessionCommands } from './session-commands.ts';

/** What is open for one session; it goes with the session. */
export type SessionAsk =
  | { readonly kind: 'menu'; readonly sessionId: string; readonly at: { readonly x: number; readonly y: number } }
  | { readonly kind: 'rename' | 'delete'; readonly sessionId: string };

interface SessionDialogsProps {
  readonly ask: SessionAsk | undefined;
  readonly onAsk: (ask: SessionAsk | undefined) => void;
  readonly sessions: readonly SessionInfo[];
  readonly commands: SessionCommands;
}

/** The menu of a session in a list, and the windows that it leads to. */
export function SessionDialogs({ ask, onAsk, sessions, commands }: SessionDialogsProps): ReactNode {
  const [location, navigate] = useLocation();
  const session = sessions.find(({ sessionId }) => sessionId === ask?.sessionId);
  if (ask === undefined || session === undefined) return null;
  const path = `/s/${session.sessionId}`;
  const close = (): void => onAsk(undefined);
  switch (ask.kind) {
    case 'menu':
      return (
        <RowMenu
          session={session}
          at={ask.at}
          onClose={close}
          actions={{
            open: () => navigate(path),
            rename: () => onAsk({ kind: 'rename', sessionId: session.sessionId }),
            remove: () => onAsk({ kind: 'delete', sessionId: session.sessionId }),
            setArchived: (isArchived) => commands.setArchived(session, isArchived),
            copyLink: () => commands.copyLink(session),
            stop: () => commands.stop(session),
          }}
        />
      );
    case 'rename':
      return <RenameDialog session={session} rename={(title) => commands.rename(session, title)} onClose={close} />;
    case 'delete':
      return (
        <RemoveDialog
          session={session}
          onClose={close}
          remove={async () => {
            await commands.remove(session);
            if (location === path) navigate('/');
          }}
        />
      );
  }
}
