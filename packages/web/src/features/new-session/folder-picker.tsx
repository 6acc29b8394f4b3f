import { type ReactNode, useEffect, useRef, useState } from 'react';
import * as en from '../../text/en.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type FolderListing, hiddenLast, type ListFolders } from './folder-listing.ts';

interface FolderPickerProps {
  readonly start: string;
  readonly listFolders: ListFolders;
  readonly onPick: (path: string) => void;
  readonly onClose: () => void;
}

/** Walks through the folders of the agent host. */
export function FolderPicker({ start, listFolders, onPick, onClose }: FolderPickerProps): ReactNode {
  const [path, setPath] = useState<string | undefined>(start === '' ? undefined : start);
  const [listing, setListing] = useState<FolderListing | undefined>(undefined);
  const [isFailed, setFailed] = useState(false);
  const isFirst = useRef(true);

  useEffect(() => {
    let isCurrent = true;
    setFailed(false);
    listFolders(path).then(
      (found) => {
        isFirst.current = false;
        if (isCurrent) setListing(found);
      },
      () => {
        if (!isCurrent) return;
        // What was typed may not exist: begin at the home folder instead.
        if (isFirst.current && path !== undefined) setPath(undefined);
        else setFailed(true);
        isFirst.current = false;
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [path, listFolders]);

  return (
    <Dialog title={en.folders.title} onClose={onClose}>
      <p className="picker-path">
        <code>{listing?.path ?? ''}</code>{' '}
        {listing?.isGitRepository === true && <span className="chip">{en.setup.git}</span>}
      </p>
      <ul className="picker-list" aria-label={en.folders.list}>
        {listing?.parent != null && (
          <li>
            <button type="button" onClick={() => setPath(listing.parent ?? undefined)}>
              <Icon name="arrowUp" />
              {en.folders.up}
            </button>
          </li>
        )}
        {hiddenLast(listing?.folders ?? []).map((folder) => (
          <li key={folder.path}>
            <button type="button" onClick={() => setPath(folder.path)}>
              <Icon name="folder" />
              {folder.name}
              {folder.isGitRepository && <span className="chip">{en.setup.git}</span>}
            </button>
          </li>
        ))}
      </ul>
      {listing?.folders.length === 0 && <p className="soft nothing">{en.folders.empty}</p>}
      {isFailed && (
        <p className="problem" role="alert">
          {en.folders.failed}
        </p>
      )}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose}>
          {en.folders.cancel}
        </button>
        <button
          type="button"
          className="button primary"
          disabled={listing === undefined}
          onClick={() => listing !== undefined && onPick(listing.path)}
        >
          {en.folders.pick}
        </button>
      </div>
    </Dialog>
  );
}
