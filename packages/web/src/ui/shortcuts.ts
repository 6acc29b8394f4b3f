/** A key with what is held beside it, or two keys after each other: `Mod+k`, `Alt+ArrowDown`, `g h`, `?`. */
export type Keys = string;

export interface Shortcut<Does extends string = string> {
  readonly does: Does;
  readonly keys: readonly Keys[];
  /** The keys are the first and the last of a row, rather than each for itself. */
  readonly isRange?: boolean;
  readonly group: 'go' | 'session' | 'answer' | 'page';
  /**
   * `never`: with Ctrl or Alt it would do something else in a field. `empty-field`: moving the cursor in an empty field
   * means nothing. Keys without Ctrl or Alt never count while somebody types.
   */
  readonly whileTyping?: 'always' | 'empty-field';
  /** Heard by the part of the page that it is for; listed here for the help alone. */
  readonly isElsewhere?: boolean;
}

/** What of a key press counts. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Without Ctrl, Alt or Meta: such a key is text where somebody types, and can be switched off. */
export function isSingleKey(keys: Keys): boolean {
  return !/^(Mod|Ctrl|Alt)\+/.test(keys);
}

/** Whether the press is this key; of two keys after each other, the one at `place`. */
export function isPressed(keys: Keys, press: KeyPress, place = 0): boolean {
  const parts = (keys.split(' ')[place] ?? '').split('+').filter((part) => part !== '');
  const key = parts.at(-1) ?? '+';
  const held = new Set(parts.slice(0, -1));
  if (held.has('Mod') ? press.ctrlKey === press.metaKey : press.metaKey || press.ctrlKey !== held.has('Ctrl')) {
    return false;
  }
  if (press.altKey !== held.has('Alt')) return false;
  // With Alt the layout may have another character there; the key itself is the same one.
  if (/^[a-z]$/.test(key) && (press.altKey || held.has('Mod'))) return press.code === `Key${key.toUpperCase()}`;
  return press.key.length === 1 && key.length === 1 ? press.key === key : press.key.toLowerCase() === key.toLowerCase();
}

/** How the keys are printed on this machine: `Mod+k` is `⌘ K` on a Mac, else `Ctrl K`. */
export function keyCaps(keys: Keys, isMac: boolean): readonly string[] {
  return keys.split(' ').flatMap((part) =>
    part.split('+').map((name) => {
      if (name === 'Mod') return isMac ? '⌘' : 'Ctrl';
      if (name === 'Alt' && isMac) return '⌥';
      return CAPS[name] ?? (name.length === 1 ? name.toUpperCase() : name);
    }),
  );
}

const CAPS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };
