import type { LayoutsApi } from '@konui/client';
import { type KontaskLayoutsAnswer, KonuiError, type LayoutFileAnswer } from '@konui/protocol';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { reasonOf } from './kontask-words.ts';
import { followFile, type LayoutDraftState, settled, written } from './layout-draft.ts';
import type { LayoutDrafts } from './layout-drafts.ts';

export interface LayoutDraft {
  readonly draft: LayoutDraftState;
  readonly type: (text: string | undefined) => void;
  /** The file's own text, or one's own over what is there now. */
  readonly settle: (way: 'theirs' | 'mine') => void;
  /** Rejects where it was not saved; where the file is another one by now, the draft says so. */
  readonly save: (text: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

interface LayoutDraftOptions {
  readonly api: Pick<LayoutsApi, 'read' | 'save' | 'remove'>;
  readonly answer: KontaskLayoutsAnswer;
  readonly drafts: Pick<LayoutDrafts, 'read' | 'write'>;
  /** After what is not saved was kept, or needs to be no more. */
  readonly onKept: () => void;
}

/** The text of a type's layout while somebody writes it; its file is read again with each other answer. */
export function useLayoutDraft(type: string, { api, answer, drafts, onKept }: LayoutDraftOptions): LayoutDraft {
  const [draft, setDraft] = useState<LayoutDraftState>(() => drafts.read(type) ?? { state: 'loading' });
  const latest = useRef(draft);
  latest.current = draft;
  // At once: the page may be left before it is drawn.
  useLayoutEffect(() => {
    if (draft.state !== 'ready') return;
    drafts.write(type, draft);
    onKept();
  }, [type, draft, drafts, onKept]);
  /** An answer that was asked for before another one is late. */
  const asked = useRef(0);
  const read = async (isThere: boolean): Promise<void> => {
    asked.current += 1;
    const own = asked.current;
    try {
      const file = isThere ? await readFile(api, type) : null;
      if (own === asked.current) setDraft((now) => followFile(now, file));
    } catch (error) {
      if (own !== asked.current) return;
      setDraft((now) => (now.state === 'ready' ? now : { state: 'unreadable', why: reasonOf(error) }));
    }
  };
  useEffect(() => {
    void read([...answer.layouts, ...answer.problems].some((each) => each.type === type));
    return () => {
      asked.current += 1;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- read is another one at each drawing
  }, [api, type, answer]);

  const change = async (work: (base: LayoutFileAnswer | null) => Promise<LayoutFileAnswer | null>): Promise<void> => {
    const before = latest.current;
    if (before.state !== 'ready') return;
    try {
      const file = await work(before.base);
      setDraft((now) => written(now, file));
    } catch (error) {
      if (error instanceof KonuiError && error.code === 'KONTASK_CHANGED') await read(true);
      throw error;
    }
  };
  return {
    draft,
    type: (text) => setDraft((now) => (now.state === 'ready' ? { ...now, typed: text } : now)),
    settle: (way) => setDraft((now) => settled(now, way)),
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
