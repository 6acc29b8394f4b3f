import { useEffect, useRef } from 'react';
import { isTyping } from '../ui/is-typing.ts';
import { isWindowOpen } from '../ui/is-window-open.ts';
import { isPressed, isSingleKey, type Shortcut } from '../ui/shortcuts.ts';
import { areSingleKeysOn } from '../ui/single-keys.ts';
import { SHORTCUTS, type ShortcutAction } from './shortcuts.ts';

/** The second of two keys has to follow within this time. */
const SECOND_KEY_MS = 1500;

export type ShortcutActions = Readonly<Record<ShortcutAction, () => void>>;

/** Listens to the keys of the whole page. Open windows and menus have keys of their own, so then it only hears the palette's. */
export function useShortcuts(actions: ShortcutActions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    let firstKey: { readonly press: KeyboardEvent; readonly at: number } | undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      const first =
        firstKey !== undefined && event.timeStamp - firstKey.at < SECOND_KEY_MS ? firstKey.press : undefined;
      if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
      firstKey = undefined;
      if (event.defaultPrevented || event.repeat || event.isComposing) return;
      const heard = SHORTCUTS.filter(isHeard).flatMap((shortcut) =>
        shortcut.keys.filter((keys) => counts(shortcut, keys, event.target)).map((keys) => ({ shortcut, keys })),
      );
      const hit =
        heard.find(({ keys }) => first !== undefined && isPressed(keys, first) && isPressed(keys, event, 1)) ??
        heard.find(({ keys }) => !keys.includes(' ') && isPressed(keys, event));
      if (hit !== undefined) {
        event.preventDefault();
        latest.current[hit.shortcut.does]();
      } else if (heard.some(({ keys }) => keys.includes(' ') && isPressed(keys, event))) {
        firstKey = { press: event, at: event.timeStamp };
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

type Heard = Extract<(typeof SHORTCUTS)[number], { readonly does: ShortcutAction }>;

function isHeard(shortcut: (typeof SHORTCUTS)[number]): shortcut is Heard {
  return !('isElsewhere' in shortcut);
}

function counts(shortcut: Shortcut, keys: string, target: EventTarget | null): boolean {
  if (isWindowOpen()) return false;
  if (isSingleKey(keys)) return areSingleKeysOn() && !isTyping(target);
  if (!isTyping(target) || shortcut.whileTyping === 'always') return true;
  return shortcut.whileTyping === 'empty-field' && target instanceof HTMLTextAreaElement && target.value === '';
}
