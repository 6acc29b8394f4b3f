/** The prompt that one moved to place `to` (from 0) will stand before, as the queue without it counts; null for the end. */
export function promptBehind(queue: readonly { readonly promptId: string }[], from: number, to: number): string | null {
  const others = queue.filter((_, index) => index !== from);
  return others[to]?.promptId ?? null;
}
