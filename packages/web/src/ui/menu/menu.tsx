import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { Icon, type IconName } from '../icon.tsx';

export interface MenuItem {
  readonly label: string;
  readonly icon: IconName;
  readonly isDanger?: boolean;
  readonly run: () => void;
}

interface MenuProps {
  /** What the actions are for. */
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Where it was asked for, in the window; on a phone it comes up from the bottom. */
  readonly at: { readonly x: number; readonly y: number };
  readonly onClose: () => void;
}

const EDGE = 8;

/** Actions of one thing, in a popover of the browser's own: Escape and a click beside it close it. */
export function Menu({ label, items, at, onClose }: MenuProps): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useLayoutEffect(() => {
    const menu = element.current;
    if (menu === null) return;
    const before = document.activeElement;
    menu.showPopover();
    const { width, height } = menu.getBoundingClientRect();
    menu.style.setProperty('--x', `${Math.max(EDGE, Math.min(at.x, window.innerWidth - width - EDGE))}px`);
    menu.style.setProperty('--y', `${Math.max(EDGE, Math.min(at.y, window.innerHeight - height - EDGE))}px`);
    itemsOf(menu)[0]?.focus();
    return () => {
      if (menu.contains(document.activeElement) && before instanceof HTMLElement) before.focus();
    };
  }, [at]);
  useEffect(() => {
    const menu = element.current;
    const onToggle = (event: Event): void => {
      if (event instanceof ToggleEvent && event.newState === 'closed') close.current();
    };
    menu?.addEventListener('toggle', onToggle);
    return () => menu?.removeEventListener('toggle', onToggle);
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const all = itemsOf(event.currentTarget);
    const now = all.findIndex((item) => item === document.activeElement);
    const next = nextItem(event.key, now, all);
    if (event.key === 'Tab') element.current?.hidePopover();
    if (next === undefined) return;
    event.preventDefault();
    all[next]?.focus();
  };
  return (
    <div
      ref={element}
      className="menu"
      popover="auto"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <p className="menu-title" aria-hidden="true">
        {label}
      </p>
      {items.map((item) => (
        <button
          key={item.label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className={`menu-item ${item.isDanger === true ? 'danger' : ''}`}
          onClick={() => {
            // Closed first: what the action opens in its place stays open.
            onClose();
            item.run();
          }}
        >
          <Icon name={item.icon} />
          {item.label}
        </button>
      ))}
    </div>
  );
}

function itemsOf(menu: HTMLElement): readonly HTMLElement[] {
  return Array.from(menu.querySelectorAll<HTMLElement>('[role=menuitem]'));
}

/** Arrows go round, Home and End to the ends, a letter to the next item that begins with it. */
function nextItem(key: string, now: number, all: readonly HTMLElement[]): number | undefined {
  if (key === 'ArrowDown') return (now + 1) % all.length;
  if (key === 'ArrowUp') return (now - 1 + all.length) % all.length;
  if (key === 'Home') return 0;
  if (key === 'End') return all.length - 1;
  if (!/^\p{L}$/u.test(key)) return undefined;
  const places = all.map((_, index) => (now + 1 + index) % all.length);
  return places.find((place) => all[place]?.textContent?.toLowerCase().startsWith(key.toLowerCase()));
}
