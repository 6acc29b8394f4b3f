import type { KeyboardEvent } from 'react';
import { areSingleKeysOn } from '../../ui/single-keys.ts';

/** In the list, ↓ and j go to the next session, ↑ and k to the one before, Home and End to the ends. */
export function moveInList(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('.session-row'));
  const now = rows.findIndex((row) => row === document.activeElement);
  if (now === -1) return;
  const next = placeOf(event.key, now, rows.length);
  if (next === undefined) return;
  event.preventDefault();
  rows[next]?.focus();
}

function placeOf(key: string, now: number, length: number): number | undefined {
  if (key === 'ArrowDown' || (key === 'j' && areSingleKeysOn())) return Math.min(now + 1, length - 1);
  if (key === 'ArrowUp' || (key === 'k' && areSingleKeysOn())) return Math.max(now - 1, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? length - 1 : undefined;
}
