import type { ReactNode } from 'react';
import { Link } from 'wouter';
import * as en from '../text/en.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { badgeText } from '../ui/unread-badge.tsx';
import { useStore } from '../ui/use-store.ts';
import { useServices } from './services.ts';
import type { ShellActions } from './shell-actions.ts';
import { nextTheme } from './theme.ts';

/** The ways to everything that is no session. */
export function ShellFoot({ actions, onNavigate }: { actions: ShellActions; onNavigate: () => void }): ReactNode {
  const { theme, kontaskInbox } = useServices();
  const { unread } = useStore(kontaskInbox);
  const kontasks = unread === 0 ? en.sidebar.kontasks : en.sidebar.kontasksUnread(unread);
  const chosen = useStore(theme);
  const button = (icon: IconName, label: string, run: () => void): ReactNode => (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={run}>
      <Icon name={icon} />
    </button>
  );
  const link = (icon: IconName, label: string, href: string): ReactNode => (
    <Link href={href} className="icon-button in-bar" aria-label={label} title={label} onClick={onNavigate}>
      <Icon name={icon} />
    </Link>
  );
  return (
    <>
      <Link
        href="/kontasks"
        className="icon-button nav-badge in-bar"
        aria-label={kontasks}
        title={kontasks}
        onClick={onNavigate}
      >
        <Icon name="inbox" />
        {unread > 0 && (
          <span className="badge" aria-hidden="true" data-testid="kontasks-unread">
            {badgeText(unread)}
          </span>
        )}
      </Link>
      {link('search', en.sidebar.search, '/search')}
      {button('bolt', en.sidebar.palette, actions.openPalette)}
      {link('gear', en.sidebar.settings, '/settings')}
      {button('theme', en.theme[chosen], () => theme.set(nextTheme(chosen)))}
      {button('key', en.sidebar.keys, actions.openKeys)}
      {button('signOut', en.signIn.signOut, actions.signOut)}
    </>
  );
}
