import type { ReactNode } from 'react';
import * as en from '../text/en.ts';

/** More have no room in a badge. */
const MAX_COUNTED = 99;

/** How many are unread; nothing where none is. */
export function UnreadBadge({ count }: { count: number }): ReactNode {
  if (count === 0) return null;
  return (
    <span className="badge">
      {badgeText(count)}
      <span className="visually-hidden"> {en.sidebar.unread}</span>
    </span>
  );
}

export function badgeText(count: number): string {
  return count > MAX_COUNTED ? `${MAX_COUNTED}+` : String(count);
}
