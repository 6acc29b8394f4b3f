import { type ReactNode, useState } from 'react';
import type { SessionInfo } from '@konui/protocol';
import * as en from '../../text/en.ts';
import { agentName, useAgentNames } from '../../ui/agent-names.ts';
import { ArchivedMark } from '../../ui/archived-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { folderName, isShelved } from '../../ui/session-words.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useSessionStatus } from '../../ui/use-session-status.ts';
import { SessionMenu, type SessionMenuActions } from './session-menu.tsx';
import { TitleEditor } from './title-editor.tsx';
import { UsageButton } from './usage-button.tsx';
import type { UsageFacts } from './usage-facts.ts';
import { useOwnRights } from '../../ui/own-rights.ts';

interface SessionHeadingProps extends Omit<SessionMenuActions, 'onRename'> {
  readonly session: SessionInfo | undefined;
  readonly title: string;
  readonly usage: UsageFacts;
  readonly onRename: (title: string) => void;
}

/** What the session is about, who works on it and where, how it stands, and what can be done with it. */
export function SessionHeading(props: SessionHeadingProps): ReactNode {
  const { session, title, usage, onRename, ...actions } = props;
  const may = useOwnRights();
  const names = useAgentNames();
  const [isEditing, setEditing] = useState(false);
  return (
    <header className="session-header">
      {isEditing ? (
        <TitleEditor
          title={title}
          onCancel={() => setEditing(false)}
          onSave={(next) => {
            setEditing(false);
            onRename(next);
          }}
        />
      ) : (
        <h1>
          <button
            type="button"
            className="title-button"
            title={may.manage ? en.header.rename : undefined}
            disabled={session === undefined || !may.manage}
            onClick={() => setEditing(true)}
          >
            <span dir="auto">{title}</span>
            {may.manage && <Icon name="pencil" />}
          </button>
        </h1>
      )}
      {session !== undefined && (
        <>
          <p className="session-facts soft">
            <SessionState session={session} />
            <span>{agentName(names, session.provider)}</span>
            <span title={session.projectPath}>{folderName(session.projectPath)}</span>
          </p>
          <UsageButton facts={usage} />
          <SessionMenu {...actions} title={title} isArchived={session.archived} onRename={() => setEditing(true)} />
        </>
      )}
    </header>
  );
}

function SessionState({ session }: { session: SessionInfo }): ReactNode {
  const { text, asOf } = useSessionStatus(session);
  return (
    <span className="session-state" data-testid="session-state" title={asOf}>
      {/* The words beside it say the same. */}
      <span aria-hidden="true">
        <StatusDot session={session} />
      </span>
      {isShelved(session) ? en.session.isArchived : text}
      <ArchivedMark session={session} />
      {asOf !== undefined && <span className="visually-hidden">, {asOf}</span>}
    </span>
  );
}
