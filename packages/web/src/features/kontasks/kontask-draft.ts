import type { Kontask, KontaskChange, NewKontaskInput } from '@konui/protocol';
import { toTags } from './kontask-words.ts';

/** What the form holds: words as they are typed. */
export interface KontaskDraft {
  readonly title: string;
  readonly description: string;
  readonly type: string;
  readonly scope: string;
  readonly tags: string;
  readonly targetUser: string;
  /** `context.request`: what should be done. */
  readonly request: string;
}

export const EMPTY_DRAFT: KontaskDraft = {
  title: '',
  description: '',
  type: 'general',
  scope: '',
  tags: '',
  targetUser: '',
  request: '',
};

export function toDraft(kontask: Kontask): KontaskDraft {
  return {
    title: kontask.title,
    description: kontask.description,
    type: kontask.type,
    scope: kontask.scope ?? '',
    tags: kontask.tags.join(', '),
    targetUser: kontask.targetUser ?? '',
    request: requestText(kontask) ?? '',
  };
}

/** What was asked for, where the kontask holds it as text. */
export function requestText(kontask: Kontask): string | undefined {
  const { request } = kontask.context;
  return typeof request === 'string' && request.trim() !== '' ? request : undefined;
}

/** Fields that are left empty are left out. */
export function toNewKontask(draft: KontaskDraft, own: { id: string; now: Date }): NewKontaskInput {
  const { scope, targetUser, request } = draft;
  const asked = request.trim() === '' ? {} : { request: request.trim(), requestedAt: own.now.toISOString() };
  return {
    id: own.id,
    title: draft.title.trim(),
    description: draft.description.trim(),
    type: toType(draft.type),
    tags: toTags(draft.tags),
    context: asked,
    ...(scope.trim() === '' ? {} : { scope: scope.trim() }),
    ...(targetUser.trim() === '' ? {} : { targetUser: targetUser.trim() }),
  };
}

/** Only what a person changed: what somebody else wrote meanwhile is not taken back by it. */
export function toChange(before: KontaskDraft, draft: KontaskDraft): KontaskChange {
  const isOther = (name: keyof KontaskDraft): boolean => before[name].trim() !== draft[name].trim();
  return {
    ...(isOther('title') ? { title: draft.title.trim() } : {}),
    ...(isOther('description') ? { description: draft.description.trim() } : {}),
    ...(isOther('type') ? { type: toType(draft.type) } : {}),
    ...(isOther('scope') ? { scope: toOptional(draft.scope) } : {}),
    ...(isOther('tags') ? { tags: toTags(draft.tags) } : {}),
    ...(isOther('targetUser') ? { targetUser: toOptional(draft.targetUser) } : {}),
    ...(isOther('request') ? { context: { request: draft.request.trim() } } : {}),
  };
}

/** Every kontask has a type. */
function toType(typed: string): string {
  return typed.trim() === '' ? EMPTY_DRAFT.type : typed.trim();
}

/** What was emptied is taken away. */
function toOptional(typed: string): string | null {
  return typed.trim() === '' ? null : typed.trim();
}
