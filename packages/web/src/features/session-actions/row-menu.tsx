import type { ReactNode } from 'react';
import type { SessionInfo } from '@konui/protocol';
import * as en from '../../text/en.ts';
import { Menu, type MenuItem } from '../../ui/menu/menu.tsx';
import { isHeld, isRunning, titleOf } from '../../ui/session-words.ts';
import { type OwnRights, useOwnRights } from '../../ui/own-rights.ts';

export interface RowActions {
  readonly open: () => void;
  readonly rename: () => void;
  readonly setArchived: (isArchived: boolean) => void;
  readonly remove: () => void;
  readonly copyLink: () => void;
  readonly stop: () => void;
}

interface RowMenuProps {
  readonly session: SessionInfo;
  readonly at: { readonly x: number; readonly y: number };
  readonly actions: RowActions;
  readonly onClose: () => void;
}

/** What can be done with a session of a list. */
export function RowMenu({ session, at, actions, onClose }: RowMenuProps): ReactNode {
  return <Menu label={titleOf(session)} at={at} items={itemsOf(session, actions, useOwnRights())} onClose={onClose} />;
}

function itemsOf(session: SessionInfo, actions: RowActions, may: OwnRights): readonly MenuItem[] {
  const resume = resumeLabel(session);
  return [
    ...(resume === undefined || !may.prompt ? [] : [{ label: resume, icon: 'play', run: actions.open } as const]),
    ...(isRunning(session) && may.prompt ? [{ label: en.session.stop, icon: 'stop', run: actions.stop } as const] : []),
    ...(may.manage ? changingItems(session, actions) : []),
    { label: en.session.copyLink, icon: 'link', run: actions.copyLink },
    ...(may.manage ? [{ label: en.session.remove, icon: 'trash', isDanger: true, run: actions.remove } as const] : []),
  ];
}

function changingItems(session: SessionInfo, actions: RowActions): readonly MenuItem[] {
  return [
    { label: en.session.rename, icon: 'pencil', run: actions.rename },
    session.archived
      ? { label: en.session.unarchive, icon: 'unarchive', run: () => actions.setArchived(false) }
      : { label: en.session.archive, icon: 'archive', run: () => actions.setArchived(true) },
  ];
}

/** Where something waits for a word, the session's page is where it is given. */
function resumeLabel(session: SessionInfo): string | undefined {
  if (isHeld(session)) return en.session.goOn(session.queuedPrompts);
  const hasDied = session.lastRun?.stopReason === 'agent_exited' || session.lastRun?.stopReason === 'interrupted';
  return !isRunning(session) && hasDied ? en.session.startAgain : undefined;
}
