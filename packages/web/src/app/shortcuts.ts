import type { Shortcut } from '../ui/shortcuts.ts';

/** Every key of the app: what acts on it reads this list, and so does the help. */
export const SHORTCUTS = [
  { does: 'palette', keys: ['Mod+k'], group: 'go', whileTyping: 'always' },
  { does: 'new-session', keys: ['Ctrl+Alt+n', 'g n'], group: 'go', whileTyping: 'always' },
  { does: 'home', keys: ['g h'], group: 'go' },
  { does: 'search', keys: ['/', 'g s'], group: 'go' },
  { does: 'settings', keys: ['g ,'], group: 'go' },
  { does: 'next-session', keys: ['Alt+ArrowDown'], group: 'go', whileTyping: 'empty-field' },
  { does: 'previous-session', keys: ['Alt+ArrowUp'], group: 'go', whileTyping: 'empty-field' },
  { does: 'next-needs-you', keys: ['w'], group: 'go' },
  { does: 'in-list', keys: ['j', 'k'], group: 'go', isElsewhere: true },
  { does: 'focus-composer', keys: ['c', 'i'], group: 'session' },
  { does: 'send', keys: ['Enter'], group: 'session', isElsewhere: true },
  { does: 'stop', keys: ['Escape'], group: 'session', isElsewhere: true },
  { does: 'allow', keys: ['y'], group: 'answer', isElsewhere: true },
  { does: 'reject', keys: ['n'], group: 'answer', isElsewhere: true },
  { does: 'reject-reason', keys: ['r'], group: 'answer', isElsewhere: true },
  { does: 'option', keys: ['1', '9'], isRange: true, group: 'answer', isElsewhere: true },
  { does: 'option-while-typing', keys: ['Alt+1', 'Alt+9'], isRange: true, group: 'answer', isElsewhere: true },
  { does: 'sidebar', keys: ['['], group: 'page' },
  { does: 'filter', keys: ['f'], group: 'page' },
  { does: 'theme', keys: ['t'], group: 'page' },
  { does: 'help', keys: ['?'], group: 'page' },
] as const satisfies readonly Shortcut[];

/** What a key does that this list's own listener hears. */
export type ShortcutAction = Exclude<(typeof SHORTCUTS)[number], { readonly isElsewhere: true }>['does'];
