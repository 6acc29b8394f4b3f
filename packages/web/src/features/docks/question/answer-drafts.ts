import type { FormValues } from './form-field.ts';

const PREFIX = 'konui.answer.';
/** Questions that were answered elsewhere leave theirs behind: of so many the oldest goes. */
const MAX_KEPT = 20;

/** Half-filled answers, by the request that they are for; they survive reloads and other sessions. */
export interface AnswerDrafts {
  read(requestId: string): FormValues | undefined;
  write(requestId: string, values: FormValues): void;
  forget(requestId: string): void;
}

export function createAnswerDrafts(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>,
): AnswerDrafts {
  return {
    read: (requestId) => parse(storage.getItem(PREFIX + requestId))?.values,
    write(requestId, values) {
      try {
        storage.setItem(PREFIX + requestId, JSON.stringify({ at: Date.now(), values }));
      } catch (error) {
        // Full: the answer still stands in the form, only a reload would lose it.
        if (!(error instanceof DOMException)) throw error;
      }
      forgetOldest(storage);
    },
    forget: (requestId) => storage.removeItem(PREFIX + requestId),
  };
}

function forgetOldest(storage: Pick<Storage, 'getItem' | 'removeItem' | 'key' | 'length'>): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) =>
    key.startsWith(PREFIX),
  );
  const aged = keys
    .map((key) => ({ key, at: parse(storage.getItem(key))?.at ?? 0 }))
    .toSorted((one, other) => other.at - one.at);
  for (const { key } of aged.slice(MAX_KEPT)) storage.removeItem(key);
}

function parse(text: string | null): { at: number; values: FormValues } | undefined {
  if (text === null) return undefined;
  try {
    const draft: unknown = JSON.parse(text);
    if (typeof draft !== 'object' || draft === null || !('at' in draft) || !('values' in draft)) return undefined;
    const { at, values } = draft;
    return typeof at === 'number' && isFormValues(values) ? { at, values } : undefined;
  } catch {
    // Written by another version.
    return undefined;
  }
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
