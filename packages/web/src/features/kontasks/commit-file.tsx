import type { KontasksApi } from '@konui/client';
import type { CommitFile } from '@konui/protocol';
import { type ReactNode, useEffect, useState } from 'react';
import * as en from '../../text/en.ts';
import { PatchView } from '../../ui/diff/patch-view.tsx';
import { Icon } from '../../ui/icon.tsx';
import { showControls } from '../../ui/show-controls.ts';
import { reasonOf } from './kontask-words.ts';

interface CommitFileViewProps {
  readonly kontaskId: string;
  readonly file: CommitFile;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly api: Pick<KontasksApi, 'commit'>;
}

/** One file of a commit: what happened to it, and its change once it is opened. */
export function CommitFileView({ kontaskId, file, isOpen, onToggle, api }: CommitFileViewProps): ReactNode {
  const { path, oldPath, status } = file;
  return (
    <figure className="diff commit-file" id={fileAnchor(path)} data-testid="commit-file">
      <figcaption>
        <button type="button" className="diff-path" aria-expanded={isOpen} onClick={onToggle}>
          <span className="tool-chevron">
            <Icon name="chevron" />
          </span>
          <bdi>{showControls(path)}</bdi>
        </button>
        {status !== 'modified' && <span className="chip">{en.commit.status[status]}</span>}
        {oldPath !== undefined && oldPath !== path && (
          <span className="soft breaks">{en.commit.from(showControls(oldPath))}</span>
        )}
        <FileCounts file={file} />
      </figcaption>
      {isOpen && <Patch kontaskId={kontaskId} file={file} api={api} />}
    </figure>
  );
}

export function fileAnchor(path: string): string {
  return `file-${encodeURIComponent(path)}`;
}

export function FileCounts({ file: { additions, deletions } }: { file: CommitFile }): ReactNode {
  if (additions === undefined && deletions === undefined) return null;
  return (
    <span className="diff-counts">
      <span aria-hidden="true">
        <span className="added">+{additions ?? 0}</span> <span className="removed">−{deletions ?? 0}</span>
      </span>
      <span className="visually-hidden">{en.commit.counts(additions ?? 0, deletions ?? 0)}</span>
    </span>
  );
}

type PatchState =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly patch: string }
  | { readonly state: 'failed'; readonly why: string };

/** A large change is fetched by itself, when it is opened. */
function Patch({ kontaskId, file, api }: Omit<CommitFileViewProps, 'isOpen' | 'onToggle'>): ReactNode {
  const [loaded, setLoaded] = useState<PatchState>({ state: 'loading' });
  const [asked, setAsked] = useState(0);
  const isMissing = file.patch === undefined && !file.isBinary;
  useEffect(() => {
    if (!isMissing) return;
    let isShown = true;
    setLoaded({ state: 'loading' });
    api.commit(kontaskId, file.path).then(
      ({ files }) => {
        const patch = files.find(({ path }) => path === file.path)?.patch ?? '';
        if (isShown) setLoaded({ state: 'ready', patch });
      },
      (error: unknown) => isShown && setLoaded({ state: 'failed', why: reasonOf(error) }),
    );
    return () => {
      isShown = false;
    };
  }, [api, kontaskId, file.path, isMissing, asked]);

  if (file.isBinary) return <p className="soft diff-words">{en.commit.binary}</p>;
  const now: PatchState = file.patch === undefined ? loaded : { state: 'ready', patch: file.patch };
  switch (now.state) {
    case 'loading':
      return (
        <p className="soft diff-words" role="status">
          {en.commit.loadingFile}
        </p>
      );
    case 'failed':
      return (
        <p className="problem" role="alert">
          {en.commit.fileFailed(now.why)}{' '}
          <button type="button" className="button subtle" onClick={() => setAsked(asked + 1)}>
            {en.commit.retry}
          </button>
        </p>
      );
    case 'ready':
      return now.patch.includes('\n@@') || now.patch.startsWith('@@') ? (
        <PatchView path={file.path} patch={now.patch} />
      ) : (
        <p className="soft diff-words">{en.commit.noText}</p>
      );
  }
}
