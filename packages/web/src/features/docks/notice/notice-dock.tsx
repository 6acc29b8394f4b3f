import { type ReactNode, useState } from 'react';
import * as en from '../../../text/en.ts';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import type { SessionNotice } from './session-notice.ts';
import { SignInPanel } from './sign-in-panel.tsx';
import { useOwnRights } from '../../../ui/own-rights.ts';

interface NoticeDockProps {
  readonly notice: SessionNotice | undefined;
  /** Rejects where it did not work. */
  readonly onUnarchive: () => Promise<void>;
  readonly onResume: () => void;
  /** Has the agent sign in by one of its methods; undefined where this connection cannot. Rejects with the reason. */
  readonly onSignIn?: ((methodId: string) => Promise<void>) | undefined;
  readonly onSendAgain?: (() => void) | undefined;
}

interface Words {
  readonly icon: IconName;
  readonly title: string;
  readonly lead: string;
  readonly action?: { readonly label: string; readonly run: () => Promise<void> | void };
}

/** Why the session as a whole is not as usual, and what can be done about it. */
export function NoticeDock(props: NoticeDockProps): ReactNode {
  const { notice } = props;
  const may = useOwnRights();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  if (notice === undefined) return null;
  const { icon, title, lead, action } = wordsOf(notice, props);
  const mayAct = notice.type === 'archived' ? may.manage : may.prompt;
  const act = async (): Promise<void> => {
    setBusy(true);
    setProblem('');
    try {
      await action?.run();
    } catch (error) {
      setProblem(en.notice.failed(error instanceof Error ? error.message : String(error)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section
      className="dock session-notice"
      aria-label={en.notice.label}
      data-testid="notice"
      data-notice={notice.type}
    >
      <header className="dock-head">
        <Icon name={icon} />
        <div className="notice-words">
          <h2>{title}</h2>
          <p className="soft">{lead}</p>
        </div>
        {action !== undefined && mayAct && (
          <button type="button" className="button" disabled={isBusy} onClick={() => void act()}>
            {action.label}
          </button>
        )}
      </header>
      {notice.type === 'sign_in' && (
        <SignInPanel signIn={notice.signIn} onSignIn={props.onSignIn} onSendAgain={props.onSendAgain} />
      )}
      <p className="field-problem" role="status">
        {problem}
      </p>
    </section>
  );
}

function wordsOf(notice: SessionNotice, { onUnarchive, onResume }: NoticeDockProps): Words {
  const words = en.notice;
  switch (notice.type) {
    case 'archived':
      return {
        icon: 'archive',
        title: words.archived,
        lead: words.archivedLead,
        action: { label: words.unarchive, run: onUnarchive },
      };
    case 'agent_exited':
      return {
        icon: 'alert',
        title: words.agentExited,
        lead: words.agentExitedLead,
        action: { label: words.resume, run: onResume },
      };
    case 'sign_in':
      return { icon: 'alert', title: words.signIn, lead: notice.message };
    case 'not_responding':
      return { icon: 'alert', title: words.notResponding, lead: words.notRespondingLead };
    case 'storage_full':
      return { icon: 'alert', title: words.storageFull, lead: words.storageFullLead };
    case 'storage_failed':
      return { icon: 'alert', title: words.storageFailed, lead: words.storageFailedLead };
  }
}
