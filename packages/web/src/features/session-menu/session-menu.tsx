import { type MouseEvent, type ReactNode, useState } from 'react';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { Menu, type MenuItem } from '../../ui/menu/menu.tsx';
import { type OwnRights, useOwnRights } from '../../ui/own-rights.ts';

export interface SessionMenuActions {
  readonly onRename: () => void;
  readonly onCopyLink: () => void;
  readonly onExport: () => void;
  readonly onRawLog: () => void;
  readonly onArchive: () => void;
  readonly onDelete: () => void;
  /** Undefined where the agent is not known to have gone. */
  readonly onResume: (() => void) | undefined;
}

interface SessionMenuProps extends SessionMenuActions {
  readonly title: string;
  readonly isArchived: boolean;
}

/** What can be done with a session. */
export function SessionMenu(props: SessionMenuProps): ReactNode {
  const may = useOwnRights();
  const [at, setAt] = useState<{ x: number; y: number } | undefined>(undefined);
  const open = ({ currentTarget }: MouseEvent<HTMLElement>): void => {
    const box = currentTarget.getBoundingClientRect();
    setAt({ x: box.right, y: box.bottom });
  };
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={en.header.more}
        title={en.header.more}
        aria-haspopup="menu"
        aria-expanded={at !== undefined}
        onClick={open}
      >
        <Icon name="dots" />
      </button>
      {at !== undefined && (
        <Menu label={props.title} at={at} items={itemsOf(props, may)} onClose={() => setAt(undefined)} />
      )}
    </>
  );
}

function itemsOf(props: SessionMenuProps, may: OwnRights): readonly MenuItem[] {
  const { onResume } = props;
  return [
    ...(onResume === undefined || !may.prompt
      ? []
      : [{ label: en.header.resume, icon: 'play' as const, run: onResume }]),
    ...(may.manage ? [{ label: en.header.rename, icon: 'pencil' as const, run: props.onRename }] : []),
    { label: en.header.copyLink, icon: 'link', run: props.onCopyLink },
    { label: en.header.export, icon: 'file', run: props.onExport },
    { label: en.header.rawLog, icon: 'list', run: props.onRawLog },
    ...(may.manage ? managingItems(props) : []),
  ];
}

function managingItems({ isArchived, onArchive, onDelete }: SessionMenuProps): readonly MenuItem[] {
  return [
    {
      label: isArchived ? en.header.unarchive : en.header.archive,
      icon: isArchived ? 'unarchive' : 'archive',
      run: onArchive,
    },
    { label: en.header.delete, icon: 'trash', isDanger: true, run: onDelete },
  ];
}
