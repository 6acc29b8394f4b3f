import type { KontaskInbox, KontasksApi } from '@konui/client';
import { type KontaskAnswer, KonuiError } from '@konui/protocol';
import { useEffect, useRef, useState } from 'react';
import { reasonOf } from './kontask-words.ts';

export type KontaskState =
  | { readonly state: 'loading' | 'missing' | 'gone' }
  | { readonly state: 'failed'; readonly why: string }
  | { readonly state: 'ready'; readonly answer: KontaskAnswer };

/** One kontask as it is now. Who has it open has read it. */
export function useKontask(
  id: string,
  { api, inbox }: { api: Pick<KontasksApi, 'get' | 'markRead'>; inbox: Pick<KontaskInbox, 'onChange'> },
): { readonly kontask: KontaskState; readonly reload: () => void; readonly show: (answer: KontaskAnswer) => void } {
  const [kontask, setKontask] = useState<KontaskState>({ state: 'loading' });
  const [asked, setAsked] = useState(0);
  const version = useRef(0);

  const show = (answer: KontaskAnswer): void => {
    version.current = answer.version;
    setKontask({ state: 'ready', answer });
  };
  useEffect(() => {
    let isShown = true;
    api.get(id).then(
      (answer) => {
        if (!isShown) return;
        show(answer);
        // What could not be marked is marked at the next look.
        if (answer.isUnread) api.markRead(id).catch(() => undefined);
      },
      (error: unknown) => {
        if (!isShown) return;
        const isMissing = error instanceof KonuiError && error.code === 'KONTASK_NOT_FOUND';
        setKontask((now) => {
          if (isMissing) return { state: now.state === 'ready' ? 'gone' : 'missing' };
          return now.state === 'ready' ? now : { state: 'failed', why: reasonOf(error) };
        });
      },
    );
    return () => {
      isShown = false;
    };
  }, [id, api, asked]);
  useEffect(
    () =>
      inbox.onChange((change) => {
        if (change.type === 'removed') {
          if (change.kontaskId === id) setKontask({ state: 'gone' });
        } else if (change.type === 'missed' || (change.kontask.id === id && change.kontask.version !== version.current))
          setAsked((count) => count + 1);
      }),
    [id, inbox],
  );
  return {
    kontask,
    show,
    reload() {
      setKontask((now) => (now.state === 'failed' ? { state: 'loading' } : now));
      setAsked((count) => count + 1);
    },
  };
}
