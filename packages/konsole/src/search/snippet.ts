import type { SearchHit } from '@konui/protocol';
import type { Phrase } from './parse-query.ts';
import { type Token, tokenize } from './tokenize.ts';

type Snippet = SearchHit['snippet'];
type Place = readonly [start: number, end: number];

const BEFORE = 60;
const LENGTH = 240;
const MAX_MARKS = 20;

/** Only this much of a longer text is looked at, around the place where a word stands. */
const WINDOW = 4 * LENGTH;

/** The part of a text where the phrases stand, in one line, and their places in it. */
export function toSnippet(text: string, phrases: readonly Phrase[]): Snippet {
  const word = phrases[0]?.words[0] ?? '';
  const near = text.length > 2 * WINDOW ? text.toLowerCase().indexOf(word) : -1;
  if (near === -1) return snippetOf(text, phrases);
  const start = Math.max(0, near - WINDOW);
  const part = snippetOf(text.slice(start, near + WINDOW), phrases);
  // The word may have stood inside of another.
  if (part.marks.length === 0) return snippetOf(text, phrases);
  const isCut = start > 0 && !part.text.startsWith('…');
  return isCut ? shifted(part) : part;
}

/** With the sign that something was before. */
function shifted({ text, marks }: Snippet): Snippet {
  return { text: `…${text}`, marks: marks.map(([start, end]) => [start + 1, end + 1]) };
}

function snippetOf(text: string, phrases: readonly Phrase[]): Snippet {
  const tokens = tokenize(text);
  const places = phrases.flatMap((phrase) => placesOf(tokens, phrase)).sort(([one], [other]) => one - other);
  const first = places[0]?.[0] ?? 0;
  const start = first <= BEFORE ? 0 : boundary(tokens, first - BEFORE, first);
  const end = cutEnd(text, start + LENGTH);
  const marks: [number, number][] = [];
  const lead = start > 0 ? '…' : '';
  for (const [from, to] of places) {
    const last = marks.at(-1);
    const shift = lead.length - start;
    if (to > end || marks.length === MAX_MARKS || (last !== undefined && from + shift < last[1])) continue;
    marks.push([from + shift, to + shift]);
  }
  // Line breaks become spaces one for one, so that the places stay.
  return { text: `${lead}${text.slice(start, end).replaceAll(/\s/g, ' ')}${end < text.length ? '…' : ''}`, marks };
}

function placesOf(tokens: readonly Token[], phrase: Phrase): Place[] {
  const places = placesAmong(tokens, phrase);
  // Only there where the words themselves are not, as the index finds them.
  return places.length > 0
    ? places
    : placesAmong(
        tokens.flatMap(({ parts }) => parts),
        phrase,
      );
}

function placesAmong(tokens: readonly Token[], { words, isPrefix }: Phrase): Place[] {
  const places: Place[] = [];
  const lastWord = words.at(-1) ?? '';
  for (let index = 0; index + words.length <= tokens.length && places.length < MAX_MARKS; index++) {
    const last = tokens[index + words.length - 1];
    const first = tokens[index];
    if (first === undefined || last === undefined) break;
    const isLast = isPrefix ? last.word.startsWith(lastWord) : last.word === lastWord;
    if (!isLast || !words.slice(0, -1).every((word, offset) => tokens[index + offset]?.word === word)) continue;
    const isWhole = last.word.length !== last.end - last.start || last.word === lastWord;
    places.push([first.start, isWhole ? last.end : last.start + lastWord.length]);
  }
  return places;
}

/** Where a word begins, at or after the place. */
function boundary(tokens: readonly Token[], place: number, latest: number): number {
  return tokens.find(({ start }) => start >= place && start <= latest)?.start ?? latest;
}

/** Not between the halves of a surrogate pair. */
function cutEnd(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}
