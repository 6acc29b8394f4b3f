import { diffArrays } from 'diff';

/** Beyond so many edits a stretch without a common anchor is given up: comparing it would hold up the page. */
const MAX_EDITS = 300;
/** Anchors within anchors; a text that needs more is compared as it is. */
const MAX_DEPTH = 24;

/** For each new line the old line that it is, or -1. */
export interface LineMatches {
  readonly oldOfNew: Int32Array;
  /** A long stretch was given up. */
  isGivenUp: boolean;
}

interface Stretch {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/**
 * Finds which lines of two texts are the same, in order. Lines that occur once in both texts are matched first (as
 * in a patience diff): that is how people read a change, and it cuts the work into pieces of a few milliseconds.
 * It pauses between them; what `next` returns last is the result.
 */
export function* matchLines(oldLines: readonly string[], newLines: readonly string[]): Generator<void, LineMatches> {
  const ids = new Map<string, number>();
  const toId = (line: string): number => {
    const id = ids.get(line) ?? ids.size;
    ids.set(line, id);
    return id;
  };
  const texts = { old: oldLines.map(toId), new: newLines.map(toId) };
  const matches: LineMatches = { oldOfNew: new Int32Array(newLines.length).fill(-1), isGivenUp: false };
  yield;
  yield* matchStretch({
    texts,
    matches,
    stretch: { oldFrom: 0, oldTo: oldLines.length, newFrom: 0, newTo: newLines.length },
    depth: 0,
  });
  return matches;
}

interface Work {
  readonly texts: { readonly old: readonly number[]; readonly new: readonly number[] };
  readonly matches: LineMatches;
  readonly stretch: Stretch;
  readonly depth: number;
}

function* matchStretch({ texts, matches, stretch, depth }: Work): Generator<void, void> {
  let { oldFrom, oldTo, newFrom, newTo } = stretch;
  while (oldFrom < oldTo && newFrom < newTo && texts.old[oldFrom] === texts.new[newFrom])
    matches.oldOfNew[newFrom++] = oldFrom++;
  while (oldFrom < oldTo && newFrom < newTo && texts.old[oldTo - 1] === texts.new[newTo - 1])
    matches.oldOfNew[--newTo] = --oldTo;
  if (oldFrom === oldTo || newFrom === newTo) return;
  const inner = { oldFrom, oldTo, newFrom, newTo };
  const anchors = depth < MAX_DEPTH ? anchorsOf(texts, inner) : [];
  if (anchors.length === 0) {
    matchByEdits({ texts, matches, stretch: inner });
    yield;
    return;
  }
  for (const [oldLine, newLine] of [...anchors, [oldTo, newTo] as const]) {
    yield* matchStretch({
      texts,
      matches,
      stretch: { oldFrom, oldTo: oldLine, newFrom, newTo: newLine },
      depth: depth + 1,
    });
    if (newLine < newTo) matches.oldOfNew[newLine] = oldLine;
    oldFrom = oldLine + 1;
    newFrom = newLine + 1;
  }
}

/** Lines that occur once in each stretch, as the longest list that rises in both. */
function anchorsOf(texts: Work['texts'], stretch: Stretch): readonly (readonly [old: number, new: number])[] {
  const places = new Map<number, { old: number; new: number }>();
  for (let line = stretch.oldFrom; line < stretch.oldTo; line++) {
    const id = texts.old[line] ?? -1;
    places.set(id, { old: places.has(id) ? -1 : line, new: -2 });
  }
  for (let line = stretch.newFrom; line < stretch.newTo; line++) {
    const place = places.get(texts.new[line] ?? -1);
    if (place !== undefined) place.new = place.new === -2 ? line : -1;
  }
  const unique = [...places.values()].filter((place) => place.old >= 0 && place.new >= 0);
  return longestRise(unique).map((place) => [place.old, place.new]);
}

/** The longest list of places whose new lines rise; their old ones do already. */
function longestRise<T extends { readonly new: number }>(places: readonly T[]): readonly T[] {
  const tails: number[] = [];
  const before = new Int32Array(places.length).fill(-1);
  for (const [index, place] of places.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[tails[middle] ?? 0]?.new ?? 0) < place.new) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : (tails[low - 1] ?? -1);
    tails[low] = index;
  }
  const found: T[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const place = places[index];
    if (place !== undefined) found.push(place);
  }
  return found.toReversed();
}

function matchByEdits({ texts, matches, stretch }: Omit<Work, 'depth'>): void {
  const { oldFrom, oldTo, newFrom, newTo } = stretch;
  const oldIds = texts.old.slice(oldFrom, oldTo);
  const newIds = texts.new.slice(newFrom, newTo);
  // Mostly a few lines took the place of others: then there is nothing to find.
  const known = new Set(oldIds);
  if (!newIds.some((id) => known.has(id))) {
    if (Math.min(oldIds.length, newIds.length) > MAX_EDITS) matches.isGivenUp = true;
    return;
  }
  const changes = diffArrays(oldIds, newIds, { maxEditLength: MAX_EDITS });
  if (changes === undefined) {
    matches.isGivenUp = true;
    return;
  }
  let oldLine = oldFrom;
  let newLine = newFrom;
  for (const { added, removed, count } of changes) {
    if (added) newLine += count;
    else if (removed) oldLine += count;
    else for (let index = 0; index < count; index++) matches.oldOfNew[newLine++] = oldLine++;
  }
}
