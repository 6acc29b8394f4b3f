import { type MouseEvent, type ReactNode, useState } from 'react';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { Menu, type MenuItem } from '../../ui/menu/menu.tsx';

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
      {at !== undefined && <Menu label={props.title} at={at} items={itemsOf(props)} onClose={() => setAt(undefined)} />}
    </>
  );
}

function itemsOf(props: SessionMenuProps): readonly MenuItem[] {
  const { onResume, isArchived } = props;
  return [
    ...(onResume === undefined ? [] : [{ label: en.header.resume, icon: 'play' as const, run: onResume }]),
    { label: en.header.rename, icon: 'pencil', run: props.onRename },
    { label: en.header.copyLink, icon: 'link', run: props.onCopyLink },
    { label: en.header.export, icon: 'file', run: props.onExport },
    { label: en.header.rawLog, icon: 'list', run: props.onRawLog },
    {
      label: isArchived ? en.header.unarchive : en.header.archive,
      icon: isArchived ? 'unarchive' : 'archive',
      run: props.onArchive,
    },
    { label: en.header.delete, icon: 'trash', isDanger: true, run: props.onDelete },
  ];
}
