import { LayoutFileAnswer } from '@konui/protocol';
import type { ReadyDraft } from './layout-draft.ts';

const PREFIX = 'konui.layout.';
/** Of so many types that nobody came back to, the one that was left first goes. */
const MAX_KEPT = 20;

/** Layouts that somebody wrote and has not saved, by type; they survive reloads and a new sign-in. */
export interface LayoutDrafts {
  read(type: string): ReadyDraft | undefined;
  /** Keeps what was typed; where it is the file's own text, there is nothing to keep. */
  write(type: string, draft: ReadyDraft): void;
  /** Those with a text that is not saved. */
  types(): readonly string[];
}

export function createLayoutDrafts(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>,
): LayoutDrafts {
  const types = (): readonly string[] =>
    Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').flatMap((key) =>
      key.startsWith(PREFIX) ? [key.slice(PREFIX.length)] : [],
    );
  const atOf = (type: string): number => parse(storage.getItem(PREFIX + type))?.at ?? 0;
  return {
    types,
    read(type) {
      const kept = parse(storage.getItem(PREFIX + type));
      return kept === undefined ? undefined : { state: 'ready', base: kept.base, typed: kept.typed, other: undefined };
    },
    write(type, { base, typed }) {
      if (typed === undefined || typed === base?.text) return storage.removeItem(PREFIX + type);
      try {
        storage.setItem(PREFIX + type, JSON.stringify({ at: Date.now(), base, typed }));
      } catch (error) {
        // Full: the text still stands in the field, only leaving the page would lose it.
        if (!(error instanceof DOMException)) throw error;
      }
      const newestFirst = [...types()].toSorted((one, other) => atOf(other) - atOf(one));
      for (const oldest of newestFirst.slice(MAX_KEPT)) storage.removeItem(PREFIX + oldest);
    },
  };
}

interface Kept {
  readonly at: number;
  readonly base: LayoutFileAnswer | null;
  readonly typed: string;
}

function parse(text: string | null): Kept | undefined {
  if (text === null) return undefined;
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null || !('at' in kept) || !('base' in kept) || !('typed' in kept)) {
      return undefined;
    }
    const { at, base, typed } = kept;
    if (typeof at !== 'number' || typeof typed !== 'string') return undefined;
    return { at, base: base === null ? null : LayoutFileAnswer.parse(base), typed };
  } catch {
    // Written by another version.
    return undefined;
  }
}
