import type { IconName } from '../../ui/icon.tsx';
import type { Keys } from '../../ui/shortcuts.ts';
import { fuzzyScore } from './fuzzy-score.ts';

/** Something to go to or to do. */
export interface PaletteEntry {
  readonly id: string;
  readonly group: 'sessions' | 'actions';
  readonly label: string;
  /** Beside the label, and searched too: a session's folder and agent. */
  readonly detail?: string | undefined;
  readonly icon: IconName;
  /** `needs-you` and `working` show in the icon's place what a list shows. */
  readonly mark?: 'needs-you' | 'working' | 'trouble' | undefined;
  readonly keys?: Keys | undefined;
  readonly run: () => void;
}

/** More than this nobody looks through: another letter is faster. */
const MAX_SHOWN = 40;
/** Before anything is typed: the sessions of the last turns, so that the actions below them are in sight. */
const MAX_RECENT = 8;

/** What fits, the best first; of equals the order that they came in. Without a query: recent sessions, then actions. */
export function paletteResults(entries: readonly PaletteEntry[], query: string): readonly PaletteEntry[] {
  if (query.trim() === '') {
    const sessions = entries.filter(({ group }) => group === 'sessions').slice(0, MAX_RECENT);
    return [...sessions, ...entries.filter(({ group }) => group === 'actions')];
  }
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, query) }))
    .filter((each): each is { entry: PaletteEntry; score: number } => each.score !== undefined)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, MAX_SHOWN)
    .map(({ entry }) => entry);
}

/** What stands in the label alone counts more than what needs the folder or the agent. */
function scoreOf(entry: PaletteEntry, query: string): number | undefined {
  const inLabel = fuzzyScore(query, entry.label);
  if (inLabel !== undefined) return inLabel * 2;
  return entry.detail === undefined ? undefined : fuzzyScore(query, `${entry.label} ${entry.detail}`);
}
