import '../../styles/kontasks.css';
import type { KontasksApi } from '@konui/client';
import type { CommitAnswer, CommitFile } from '@konui/protocol';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { CommitFileView, fileAnchor } from './commit-file.tsx';
import { CommitTree } from './commit-tree.tsx';
import { fileTree } from './file-tree.ts';
import { kontaskDate } from './kontask-date.ts';
import { reasonOf } from './kontask-words.ts';

/** Files are open at first up to so many changed lines; the others wait for a press. */
const OPEN_LINES = 1200;
/** Files that are drawn at a time. */
const STEP = 60;

interface CommitPageProps {
  readonly kontaskId: string;
  readonly api: Pick<KontasksApi, 'commit'>;
}

type CommitState =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly why: string }
  | { readonly state: 'ready'; readonly commit: CommitAnswer };

/** The commit that a kontask names, with the change of each file (B7). */
export function CommitPage({ kontaskId, api }: CommitPageProps): ReactNode {
  const [found, setFound] = useState<CommitState>({ state: 'loading' });
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let isShown = true;
    setFound({ state: 'loading' });
    api.commit(kontaskId).then(
      (commit) => isShown && setFound({ state: 'ready', commit }),
      (error: unknown) => isShown && setFound({ state: 'failed', why: reasonOf(error) }),
    );
    return () => {
      isShown = false;
    };
  }, [api, kontaskId, asked]);
  return (
    <div className="page-scroll">
      <div className="page commit-page">
        <Link href={`/kontasks/${encodeURIComponent(kontaskId)}`} className="kontask-back">
          {en.commit.back}
        </Link>
        {found.state === 'loading' && (
          <p className="soft" role="status">
            {en.commit.loading}
          </p>
        )}
        {found.state === 'failed' && (
          <div className="card empty" role="alert">
            <p>{en.commit.failed(found.why)}</p>
            <button type="button" className="button" onClick={() => setAsked(asked + 1)}>
              {en.commit.retry}
            </button>
          </div>
        )}
        {found.state === 'ready' && <Commit commit={found.commit} kontaskId={kontaskId} api={api} />}
      </div>
    </div>
  );
}

function Commit({ commit, kontaskId, api }: CommitPageProps & { commit: CommitAnswer }): ReactNode {
  const { sha, subject, body, authorName, authoredAt, files } = commit;
  const tree = useMemo(() => fileTree(files), [files]);
  const [opened, setOpened] = useState(() => openAtFirst(files));
  const [shownCount, setShownCount] = useState(STEP);
  const [target, setTarget] = useState<{ readonly path: string } | undefined>(undefined);
  useEffect(() => {
    if (target === undefined) return;
    const file = document.getElementById(fileAnchor(target.path));
    file?.scrollIntoView({ block: 'start' });
    file?.querySelector('button')?.focus({ preventScroll: true });
  }, [target]);
  const toggle = (path: string): void =>
    setOpened((now) => {
      const next = new Set(now);
      if (!next.delete(path)) next.add(path);
      return next;
    });
  const pick = ({ path }: CommitFile): void => {
    setOpened((now) => new Set([...now, path]));
    setShownCount((count) => Math.max(count, files.findIndex((file) => file.path === path) + 1));
    setTarget({ path });
  };
  const sum = (name: 'additions' | 'deletions'): number => files.reduce((all, file) => all + (file[name] ?? 0), 0);
  return (
    <>
      <header className="kontask-head">
        <h1 className="breaks">{subject}</h1>
        {body !== '' && <pre className="commit-body">{body}</pre>}
        <p className="soft commit-facts">
          <span>{authorName}</span>
          <time dateTime={authoredAt}>{kontaskDate(authoredAt)}</time>
          <code>{sha.slice(0, 8)}</code>
          <CopyButton text={sha} label={en.commit.copySha} />
        </p>
        <p className="soft">
          {files.length === 0
            ? en.commit.empty
            : `${en.commit.changed(files.length)} · ${en.commit.counts(sum('additions'), sum('deletions'))}`}
        </p>
      </header>
      {files.length > 1 && (
        <nav className="commit-files" aria-label={en.commit.files}>
          <CommitTree nodes={tree} onPick={pick} />
        </nav>
      )}
      {files.slice(0, shownCount).map((file) => (
        <CommitFileView
          key={file.path}
          kontaskId={kontaskId}
          file={file}
          isOpen={opened.has(file.path)}
          onToggle={() => toggle(file.path)}
          api={api}
        />
      ))}
      {files.length > shownCount && (
        <div>
          <button type="button" className="button" onClick={() => setShownCount(shownCount + STEP)}>
            {en.commit.moreFiles(Math.min(STEP, files.length - shownCount))}
          </button>
        </div>
      )}
    </>
  );
}

/** Those at the beginning whose change is at hand, as long as there are not too many lines. */
function openAtFirst(files: readonly CommitFile[]): ReadonlySet<string> {
  const opened = new Set<string>();
  let lines = 0;
  for (const { path, additions = 0, deletions = 0, patch, isBinary } of files) {
    if (patch === undefined && !isBinary) continue;
    lines += additions + deletions;
    if (lines > OPEN_LINES) break;
    opened.add(path);
  }
  return opened;
}
