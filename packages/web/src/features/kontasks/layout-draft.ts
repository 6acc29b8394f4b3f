import type { LayoutFileAnswer } from '@konui/protocol';

/** A text, and the file that it was made from. */
export interface ReadyDraft {
  readonly state: 'ready';
  /** Null where there is no file. */
  readonly base: LayoutFileAnswer | null;
  /** What a person typed; undefined while it is the file's own text. */
  readonly typed: string | undefined;
  /** The file as it is now, where it is another one than the text was made from. */
  readonly other: LayoutFileAnswer | null | undefined;
}

export type LayoutDraftState =
  | { readonly state: 'loading' }
  | { readonly state: 'unreadable'; readonly why: string }
  | ReadyDraft;

/** The text of a file, or of none, that nobody has touched. */
export function startDraft(base: LayoutFileAnswer | null): ReadyDraft {
  return { state: 'ready', base, typed: undefined, other: undefined };
}

/** The file as it is now: a text that nobody touched follows it; what somebody typed stays until they choose. */
export function followFile(now: LayoutDraftState, file: LayoutFileAnswer | null): LayoutDraftState {
  if (now.state !== 'ready' || now.typed === undefined || file?.text === now.typed) return startDraft(file);
  return { ...now, other: file?.version === now.base?.version ? undefined : file };
}

/** Either the file's own text, or one's own over the file as it is now. */
export function settled(now: LayoutDraftState, way: 'theirs' | 'mine'): LayoutDraftState {
  if (now.state !== 'ready' || now.other === undefined) return now;
  return { ...startDraft(now.other), typed: way === 'mine' ? now.typed : undefined };
}

/** The file was written, or taken away; what was typed since then stays. */
export function written(now: LayoutDraftState, file: LayoutFileAnswer | null): LayoutDraftState {
  const typed = now.state === 'ready' && now.typed !== file?.text ? now.typed : undefined;
  return { ...startDraft(file), typed };
}
