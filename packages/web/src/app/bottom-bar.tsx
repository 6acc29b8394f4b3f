import type { ReactNode } from 'react';
import { Link } from 'wouter';
import * as en from '../text/en.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { useOwnRights } from '../ui/own-rights.ts';
import { UnreadBadge } from '../ui/unread-badge.tsx';

interface BottomBarProps {
  readonly location: string;
  readonly needsYou: number;
  readonly unreadKontasks: number;
  readonly isListOpen: boolean;
  readonly onList: () => void;
  readonly onNavigate: () => void;
}

/** The phone's way to the pages, where the thumb is; hidden by CSS elsewhere, and while the on-screen keyboard is open. */
export function BottomBar({
  location,
  needsYou,
  isListOpen,
  onList,
  onNavigate,
  unreadKontasks,
}: BottomBarProps): ReactNode {
  const may = useOwnRights();
  const page = (href: string, icon: IconName, label: ReactNode): ReactNode => (
    <Link
      href={href}
      className="bar-item"
      aria-current={!isListOpen && isAt(location, href) ? 'page' : undefined}
      onClick={onNavigate}
    >
      <Icon name={icon} />
      {label}
    </Link>
  );
  return (
    <nav className="bottom-bar" aria-label={en.bar.label}>
      {page('/', 'home', en.bar.home)}
      <button type="button" className="bar-item" aria-expanded={isListOpen} onClick={onList}>
        <Icon name="list" />
        {en.bar.sessions}
        {needsYou > 0 && (
          <span className="badge">
            {needsYou}
            <span className="visually-hidden"> {en.status.waiting}</span>
          </span>
        )}
      </button>
      {may.prompt && page('/new', 'plus', en.bar.newSession)}
      {page(
        '/kontasks',
        'inbox',
        <>
          {en.bar.kontasks}
          <UnreadBadge count={unreadKontasks} />
        </>,
      )}
      {page('/search', 'search', en.bar.search)}
      {page('/settings', 'gear', en.bar.settings)}
    </nav>
  );
}

function isAt(location: string, href: string): boolean {
  return href === '/' ? location === '/' : location.startsWith(href);
}
