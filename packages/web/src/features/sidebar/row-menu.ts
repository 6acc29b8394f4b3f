import type { SessionInfo } from '@konui/protocol';
import { type RefObject, useEffect, useRef } from 'react';

export type OpenMenu = (session: SessionInfo, at: { readonly x: number; readonly y: number }) => void;

/** A finger that rests this long on a row asks for its menu. */
const LONG_PRESS_MS = 500;
/** A finger that moves further than this scrolls. */
const MOVED_PX = 10;

/**
 * The menu of the row under a right click, the keyboard's menu key, or a finger that rests there (Safari on iOS sends no
 * `contextmenu`). The click that follows a long press opens nothing.
 */
export function useRowMenu(list: RefObject<HTMLElement | null>, openFor: (sessionId: string, at: Place) => void): void {
  const latest = useRef(openFor);
  latest.current = openFor;
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    let press: { readonly timer: ReturnType<typeof setTimeout>; readonly from: Place } | undefined;
    let wasLong = false;
    const end = (): void => {
      clearTimeout(press?.timer);
      press = undefined;
    };
    const listening = new AbortController();
    const on = <Name extends 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel' | 'contextmenu' | 'click'>(
      name: Name,
      listener: (event: HTMLElementEventMap[Name]) => void,
    ): void => element.addEventListener(name, listener, { signal: listening.signal, capture: name === 'click' });
    on('pointerdown', (event) => {
      wasLong = false;
      const sessionId = sessionAt(event.target);
      if (event.pointerType !== 'touch' || sessionId === undefined) return;
      const from = { x: event.clientX, y: event.clientY };
      const timer = setTimeout(() => {
        wasLong = true;
        latest.current(sessionId, from);
      }, LONG_PRESS_MS);
      press = { timer, from };
    });
    on('pointermove', (event) => {
      if (press === undefined) return;
      if (Math.hypot(event.clientX - press.from.x, event.clientY - press.from.y) > MOVED_PX) end();
    });
    on('pointerup', end);
    on('pointercancel', end);
    on('click', (event) => {
      if (!wasLong) return;
      wasLong = false;
      event.preventDefault();
      event.stopPropagation();
    });
    on('contextmenu', (event) => {
      const sessionId = sessionAt(event.target);
      if (sessionId === undefined) return;
      event.preventDefault();
      if (press !== undefined) return;
      // The keyboard's menu key names no place.
      const row = event.target instanceof HTMLElement ? event.target.getBoundingClientRect() : undefined;
      const isByKey = event.clientX === 0 && event.clientY === 0;
      if (!wasLong)
        latest.current(
          sessionId,
          isByKey && row ? { x: row.left, y: row.bottom } : { x: event.clientX, y: event.clientY },
        );
    });
    return () => {
      end();
      listening.abort();
    };
  }, [list]);
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function sessionAt(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-session]')?.dataset['session'] : undefined;
}
