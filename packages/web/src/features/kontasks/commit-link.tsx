import type { KontasksApi } from '@konui/client';
import { type ReactNode, useEffect, useState } from 'react';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { reasonOf } from './kontask-words.ts';

/** As long as people write them. */
const SHORT = 8;

interface CommitLinkProps {
  readonly kontaskId: string;
  readonly sha: string;
  readonly api: Pick<KontasksApi, 'commit'>;
  /** Why it is not asked for; `waiting` until that is known. */
  readonly repository: { readonly problem: string | undefined } | 'waiting';
}

type Found = { readonly state: 'asking' | 'found' } | { readonly state: 'missing'; readonly why: string };

/** Leads to the commit; where its repository is not known, says why and can be copied (B7). */
export function CommitLink({ kontaskId, sha, api, repository }: CommitLinkProps): ReactNode {
  const isWaiting = repository === 'waiting';
  const problem = isWaiting ? undefined : repository.problem;
  const [found, setFound] = useState<Found>({ state: 'asking' });
  useEffect(() => {
    let isShown = true;
    setFound(problem === undefined ? { state: 'asking' } : { state: 'missing', why: problem });
    if (isWaiting || problem !== undefined) return undefined;
    api.commit(kontaskId).then(
      () => isShown && setFound({ state: 'found' }),
      (error: unknown) => isShown && setFound({ state: 'missing', why: reasonOf(error) }),
    );
    return () => {
      isShown = false;
    };
  }, [api, kontaskId, sha, isWaiting, problem]);
  const short = <code>{sha.slice(0, SHORT)}</code>;
  return (
    <p className="kontask-commit">
      {found.state === 'found' ? (
        <Link href={`/kontasks/${encodeURIComponent(kontaskId)}/commit`}>{short}</Link>
      ) : (
        short
      )}
      <CopyButton text={sha} label={en.kontask.copyCommit} />
      {found.state === 'asking' && <span className="soft">{en.kontask.checkingCommit}</span>}
      {found.state === 'missing' && <span className="soft">{found.why}</span>}
    </p>
  );
}
