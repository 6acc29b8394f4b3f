import { LayoutFileAnswer } from '@konui/protocol';
import { createKeptDrafts, type DraftPlace } from '../../ui/kept-drafts.ts';
import type { ReadyDraft } from './layout-draft.ts';

/** Layouts that somebody wrote and has not saved, by type; they survive reloads and a new sign-in. */
export interface LayoutDrafts {
  read(type: string): ReadyDraft | undefined;
  /** Keeps what was typed; where it is the file's own text, there is nothing to keep. */
  write(type: string, draft: ReadyDraft): void;
  /** Those with a text that is not saved. */
  types(): readonly string[];
}

export function createLayoutDrafts(storage: DraftPlace): LayoutDrafts {
  const drafts = createKeptDrafts({ storage, prefix: 'konui.layout.', parse });
  return {
    types: drafts.names,
    read(type) {
      const kept = drafts.read(type);
      return kept === undefined ? undefined : { state: 'ready', ...kept, other: undefined };
    },
    write(type, { base, typed }) {
      if (typed === undefined || typed === base?.text) drafts.forget(type);
      else drafts.write(type, { base, typed });
    },
  };
}

function parse(kept: object): { readonly base: LayoutFileAnswer | null; readonly typed: string } | undefined {
  if (!('base' in kept) || !('typed' in kept) || typeof kept.typed !== 'string') return undefined;
  return { base: kept.base === null ? null : LayoutFileAnswer.parse(kept.base), typed: kept.typed };
}
