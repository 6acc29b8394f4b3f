import type { PermissionOption } from '@konui/protocol';

/** Kinds in the order in which a single key means them: once before always. */
const KEY_KINDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['y', ['allow_once', 'allow_always']],
  ['n', ['reject_once', 'reject_always']],
]);

/** The option that a key chooses: 1–9 by place, y allows, n rejects. */
export function optionOfKey(key: string, options: readonly PermissionOption[]): PermissionOption | undefined {
  if (/^[1-9]$/.test(key)) return options[Number(key) - 1];
  for (const kind of KEY_KINDS.get(key.toLowerCase()) ?? []) {
    const option = options.find((candidate) => candidate.kind === kind);
    if (option !== undefined) return option;
  }
  return undefined;
}

/** Opens the field for a reason. */
export const REASON_KEY = 'r';

/** The key to show on an option: y or n where it is that, else its place up to nine. */
export function keyOfOption(options: readonly PermissionOption[], index: number): string | undefined {
  const option = options[index];
  const letter = [...KEY_KINDS.keys()].find((key) => option !== undefined && optionOfKey(key, options) === option);
  return letter ?? (index < 9 ? String(index + 1) : undefined);
}
