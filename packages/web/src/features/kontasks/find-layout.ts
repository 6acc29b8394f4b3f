import type { KontaskLayoutsState } from '@konui/client';
import { type KontaskLayout, layoutFileOf } from '@konui/protocol';

/** What is known of a type's layout. */
export type FoundLayout =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly why: string }
  /** It would be declared in this file. */
  | { readonly state: 'none'; readonly file: string; readonly folder: string }
  | { readonly state: 'broken'; readonly file: string; readonly problem: string }
  | { readonly state: 'ready'; readonly file: string; readonly layout: KontaskLayout };

export function findLayout(layouts: KontaskLayoutsState, type: string): FoundLayout {
  if (layouts.state !== 'ready') return layouts;
  const { answer } = layouts;
  const found = answer.layouts.find((each) => each.type === type);
  if (found !== undefined) return { state: 'ready', file: found.file, layout: found.layout };
  const broken = answer.problems.find((each) => each.type === type);
  if (broken !== undefined) return { state: 'broken', file: broken.file, problem: broken.problem };
  return { state: 'none', file: layoutFileOf(type), folder: answer.folder };
}
