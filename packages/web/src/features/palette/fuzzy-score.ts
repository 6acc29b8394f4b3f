const CONSECUTIVE = 6;
const WORD_START = 8;
const IN_WORD = 1;
/** Of characters that are skipped between two found ones, at most. */
const MAX_GAP_PENALTY = 3;

/**
 * How well `query` fits `text`, or undefined where its characters do not stand in it in their order. Beginnings of words
 * and characters beside each other count most: "fl" finds "Fix the login" before "shelf list". Each word of the query
 * is looked for by itself, so their order is free.
 */
export function fuzzyScore(query: string, text: string): number | undefined {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const lower = text.toLowerCase();
  let sum = 0;
  for (const word of words) {
    const score = scoreWord(word, lower);
    if (score === undefined) return undefined;
    sum += score;
  }
  return sum;
}

/** The best over all places where the word may begin; from there, each next character is the nearest or begins a word. */
function scoreWord(word: string, text: string): number | undefined {
  const whole = text.indexOf(word);
  let best = whole === -1 ? undefined : word.length * CONSECUTIVE + startBonus(text, whole);
  const [first = ''] = word;
  for (let at = text.indexOf(first); at !== -1; at = text.indexOf(first, at + 1)) {
    const score = scoreFrom(word, text, at);
    if (score !== undefined && (best === undefined || score > best)) best = score;
  }
  return best;
}

function scoreFrom(word: string, text: string, start: number): number | undefined {
  let score = startBonus(text, start);
  let last = start;
  for (const character of word.slice(1)) {
    const next = nextPlace(text, character, last);
    if (next === -1) return undefined;
    const isBeside = next === last + 1;
    score +=
      (isBeside ? CONSECUTIVE : startBonus(text, next)) - (isBeside ? 0 : Math.min(next - last - 1, MAX_GAP_PENALTY));
    last = next;
  }
  return score;
}

/** Right beside the last one, else where a word begins, else wherever it comes. */
function nextPlace(text: string, character: string, last: number): number {
  const nearest = text.indexOf(character, last + 1);
  if (nearest === -1 || nearest === last + 1) return nearest;
  for (let at = nearest; at !== -1; at = text.indexOf(character, at + 1)) if (beginsWord(text, at)) return at;
  return nearest;
}

function startBonus(text: string, at: number): number {
  return beginsWord(text, at) ? WORD_START : IN_WORD;
}

function beginsWord(text: string, at: number): boolean {
  return at === 0 || /[^\p{L}\p{N}]/u.test(text.charAt(at - 1));
}
