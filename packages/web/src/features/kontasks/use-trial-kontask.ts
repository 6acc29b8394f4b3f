import type { KontasksApi } from '@konui/client';
import type { Kontask, KontaskSummary } from '@konui/protocol';
import { useEffect, useState } from 'react';
import { reasonOf } from './kontask-words.ts';

const OFFERED = 20;

export type TrialState =
  | { readonly state: 'loading' | 'none' }
  | { readonly state: 'failed'; readonly why: string }
  | { readonly state: 'ready'; readonly kontask: Kontask };

export interface Trial {
  /** The latest of the type. */
  readonly offered: readonly Pick<KontaskSummary, 'id' | 'title'>[];
  readonly trial: TrialState;
}

/** A kontask to try a layout on: the one that is named, else the latest of the type. */
export function useTrialKontask(
  api: Pick<KontasksApi, 'list' | 'get'>,
  { type, kontaskId }: { type: string; kontaskId: string | undefined },
): Trial {
  const [listed, setListed] = useState<readonly KontaskSummary[] | undefined>(undefined);
  const [trial, setTrial] = useState<TrialState>({ state: 'loading' });
  useEffect(() => {
    const leaving = new AbortController();
    setListed(undefined);
    api.list({ type, limit: OFFERED }, leaving.signal).then(
      ({ kontasks }) => setListed(kontasks),
      (error: unknown) => !leaving.signal.aborted && setTrial({ state: 'failed', why: reasonOf(error) }),
    );
    return () => leaving.abort();
  }, [api, type]);
  const id = kontaskId ?? listed?.[0]?.id;
  const isNone = id === undefined && listed !== undefined;
  useEffect(() => {
    if (id === undefined) return setTrial({ state: isNone ? 'none' : 'loading' });
    let isLeft = false;
    setTrial({ state: 'loading' });
    api.get(id).then(
      ({ kontask }) => !isLeft && setTrial({ state: 'ready', kontask }),
      (error: unknown) => !isLeft && setTrial({ state: 'failed', why: reasonOf(error) }),
    );
    return () => {
      isLeft = true;
    };
  }, [api, id, isNone]);
  const shown = trial.state === 'ready' ? trial.kontask : undefined;
  const offered = listed ?? [];
  const isOffered = shown === undefined || offered.some((each) => each.id === shown.id);
  return { trial, offered: isOffered ? offered : [shown, ...offered] };
}
