import { createKeptDrafts, type DraftPlace } from '../../../ui/kept-drafts.ts';
import type { FormValues } from './form-field.ts';

/** Half-filled answers, by the request that they are for; they survive reloads and other sessions. */
export interface AnswerDrafts {
  read(requestId: string): FormValues | undefined;
  write(requestId: string, values: FormValues): void;
  forget(requestId: string): void;
}

export function createAnswerDrafts(storage: DraftPlace): AnswerDrafts {
  const drafts = createKeptDrafts({
    storage,
    prefix: 'konui.answer.',
    parse: (kept) => ('values' in kept && isFormValues(kept.values) ? { values: kept.values } : undefined),
  });
  return {
    read: (requestId) => drafts.read(requestId)?.values,
    write: (requestId, values) => drafts.write(requestId, { values }),
    forget: drafts.forget,
  };
}

function isFormValues(value: unknown): value is FormValues {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (each) =>
      typeof each === 'string' ||
      typeof each === 'boolean' ||
      (Array.isArray(each) && each.every((item) => typeof item === 'string')),
  );
}
