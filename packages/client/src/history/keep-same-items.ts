import type { ConversationItem } from '../conversation/items.ts';

/** The new items, where one says the same as before as the same object, so that its row is not drawn again. */
export function keepSameItems(
  before: readonly ConversationItem[],
  now: readonly ConversationItem[],
): readonly ConversationItem[] {
  const known = new Map(before.map((item) => [item.key, item]));
  return now.map((item) => {
    const same = known.get(item.key);
    return same !== undefined && isSame(same, item) ? same : item;
  });
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [first, second] = [Object.entries(one), new Map(Object.entries(other))];
  return first.length === second.size && first.every(([name, value]) => isSame(value, second.get(name)));
}
