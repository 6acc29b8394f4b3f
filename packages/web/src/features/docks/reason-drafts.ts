import { createStore } from '../../ui/create-store.ts';
import { keepText } from '../../ui/kept-drafts.ts';
import type { Store } from '../../ui/use-store.ts';

const KEY = 'konui.reasons';

export interface ReasonDraft {
  readonly sessionId: string;
  /** The permission whose rejection it is the reason of. */
  readonly requestId: string;
  readonly text: string;
}

/** Reasons of rejections that are half written; they outlive a reload and the permission that they are for. */
export interface ReasonDrafts extends Store<readonly ReasonDraft[]> {
  /** Without a text it is forgotten. */
  readonly write: (draft: ReasonDraft) => void;
}

/** `storage`: of this tab alone, or two would offer the same words. */
export function createReasonDrafts(storage: Pick<Storage, 'getItem' | 'setItem'>): ReasonDrafts {
  const { get, subscribe, set } = createStore(parse(storage.getItem(KEY)));
  return {
    get,
    subscribe,
    write(draft) {
      const others = get().filter(({ requestId }) => requestId !== draft.requestId);
      const next = draft.text.trim() === '' ? others : [...others, draft];
      if (next.length === 0 && get().length === 0) return;
      set(next);
      keepText(storage, KEY, JSON.stringify(next));
    },
  };
}

function parse(text: string | null): readonly ReasonDraft[] {
  try {
    const drafts: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(drafts) ? drafts.filter(isDraft) : [];
  } catch {
    // Written by another version.
    return [];
  }
}

function isDraft(value: unknown): value is ReasonDraft {
  const isString = (name: string): boolean =>
    typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'string';
  return isString('sessionId') && isString('requestId') && isString('text');
}
