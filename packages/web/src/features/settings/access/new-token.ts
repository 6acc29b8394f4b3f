import type { NewAccessToken } from '@konui/client';
import type { AccessRight } from '@konui/protocol';

export const EXPIRIES = ['never', 'day', 'week', 'month', 'year'] as const;
export type Expiry = (typeof EXPIRIES)[number];

const DAYS: Readonly<Record<Exclude<Expiry, 'never'>, number>> = { day: 1, week: 7, month: 30, year: 365 };
const DAY_MS = 24 * 60 * 60 * 1000;

/** What stands in the form. */
export interface TokenForm {
  readonly name: string;
  readonly rights: readonly AccessRight[];
  readonly needsReview: boolean;
  readonly where: 'everywhere' | 'folder' | 'session';
  readonly folder: string;
  readonly sessionId: string;
  readonly expiry: Expiry;
}

export type TokenProblem = 'noName' | 'noRights' | 'noFolder' | 'noSession';

/** With any other right it could do the same without a review (SPEC INJ5). */
export function mayNeedReview(rights: readonly AccessRight[]): boolean {
  return rights.includes('inject') && rights.every((right) => right === 'inject' || right === 'read');
}

/** What the form asks for, or what is wrong with it. */
export function toNewToken(form: TokenForm, nowMs: number): NewAccessToken | TokenProblem {
  const [name, folder] = [form.name.trim(), form.folder.trim()];
  if (name === '') return 'noName';
  if (form.rights.length === 0) return 'noRights';
  if (form.where === 'folder' && folder === '') return 'noFolder';
  if (form.where === 'session' && form.sessionId === '') return 'noSession';
  const { expiry } = form;
  return {
    name,
    rights: form.rights,
    ...(form.needsReview && mayNeedReview(form.rights) ? { needsReview: true } : {}),
    ...(form.where === 'folder' ? { projectPaths: [folder] } : {}),
    ...(form.where === 'session' ? { sessionIds: [form.sessionId] } : {}),
    ...(expiry === 'never' ? {} : { expiresAt: new Date(nowMs + DAYS[expiry] * DAY_MS).toISOString() }),
  };
}
