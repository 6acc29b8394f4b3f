import type { LayoutsApi } from '@konui/client';
import { type KontaskLayoutsAnswer, KonuiError, type LayoutFileAnswer } from '@konui/protocol';
import { useEffect, useRef, useState } from 'react';
import { reasonOf } from './kontask-words.ts';

export type LayoutDraftState =
  | { readonly state: 'loading' }
  | { readonly state: 'unreadable'; readonly why: string }
  | {
      readonly state: 'ready';
      /** The file that the text was made from; null where there is none. */
      readonly base: LayoutFileAnswer | null;
      /** What a person typed; undefined while it is the file's own text. */
      readonly typed: string | undefined;
      /** The file as it is now, where it is another one than the text was made from. */
      readonly other: LayoutFileAnswer | null | undefined;
    };

export interface LayoutDraft {
  readonly draft: LayoutDraftState;
  readonly type: (text: string | undefined) => void;
  /** The file's own text, or one's own over what is there now. */
  readonly settle: (way: 'theirs' | 'mine') => void;
  /** Rejects where it was not saved; where the file is another one by now, the draft says so. */
  readonly save: (text: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** The text of a type's layout while somebody writes it; its file is read again with each other answer. */
export function useLayoutDraft(
  type: string,
  { api, answer }: { api: Pick<LayoutsApi, 'read' | 'save' | 'remove'>; answer: KontaskLayoutsAnswer },
): LayoutDraft {
  const [draft, setDraft] = useState<LayoutDraftState>({ state: 'loading' });
  const latest = useRef(draft);
  latest.current = draft;
  const isLeft = useRef(false);
  const isThere = [...answer.layouts, ...answer.problems].some((each) => each.type === type);
  const read = async (): Promise<void> => {
    try {
      const file = isThere ? await readFile(api, type) : null;
      if (!isLeft.current) setDraft((now) => withFile(now, file));
    } catch (error) {
      if (isLeft.current) return;
      setDraft((now) => (now.state === 'ready' ? now : { state: 'unreadable', why: reasonOf(error) }));
    }
  };
  useEffect(() => {
    isLeft.current = false;
    void read();
    return () => {
      isLeft.current = true;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- read is another one at each drawing
  }, [api, type, answer]);

  const change = async (work: (base: LayoutFileAnswer | null) => Promise<LayoutFileAnswer | null>): Promise<void> => {
    const before = latest.current;
    if (before.state !== 'ready') return;
    try {
      const base = await work(before.base);
      setDraft({ state: 'ready', base, typed: undefined, other: undefined });
    } catch (error) {
      if (error instanceof KonuiError && error.code === 'KONTASK_CHANGED') await read();
      throw error;
    }
  };
  return {
    draft,
    type: (text) => setDraft((now) => (now.state === 'ready' ? { ...now, typed: text } : now)),
    settle: (way) =>
      setDraft((now) => {
        if (now.state !== 'ready' || now.other === undefined) return now;
        return { ...now, base: now.other, other: undefined, typed: way === 'mine' ? now.typed : undefined };
      }),
    save: (text) => change((base) => api.save(type, text, base?.version ?? null)),
    remove: () =>
      change(async (base) => {
        if (base !== null) await api.remove(type, base.version);
        return null;
      }),
  };
}

async function readFile(api: Pick<LayoutsApi, 'read'>, type: string): Promise<LayoutFileAnswer | null> {
  try {
    return await api.read(type);
  } catch (error) {
    if (error instanceof KonuiError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** A text that nobody touched follows its file; what somebody typed stays until they choose. */
function withFile(now: LayoutDraftState, file: LayoutFileAnswer | null): LayoutDraftState {
  if (now.state !== 'ready' || now.typed === undefined) {
    return { state: 'ready', base: file, typed: undefined, other: undefined };
  }
  const isSame = file?.version === now.base?.version;
  if (file !== null && file.text === now.typed)
    return { state: 'ready', base: file, typed: undefined, other: undefined };
  return { ...now, other: isSame ? undefined : file };
}
