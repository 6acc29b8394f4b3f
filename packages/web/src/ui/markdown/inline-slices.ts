/**
 * marked (18) looks from each opening `*` or `_` to the end of the text for its closing one: 40 KB of `_a` take it
 * seconds. A text with more such characters, or a longer one, is lexed in slices.
 */
const MAX_WEIGHT = 320;
const MAX_LENGTH = 4096;
/** A slice ends at a line's or a word's end if there is one this near. */
const NEAR = 400;

/** Cuts a text so that lexing all slices costs about as much for each character, whatever stands there. */
export function inlineSlices(text: string): readonly string[] {
  if (text.length <= MAX_WEIGHT / 2) return [text];
  const slices: string[] = [];
  let start = 0;
  let weight = 0;
  for (let at = 0; at < text.length; at++) {
    weight += weightOf(text.charCodeAt(at));
    if (weight < MAX_WEIGHT && at - start < MAX_LENGTH) continue;
    const end = niceEnd(text, start, at);
    slices.push(text.slice(start, end));
    // What stands between was counted but belongs to the next slice.
    at = end - 1;
    start = end;
    weight = 0;
  }
  if (start < text.length) slices.push(text.slice(start));
  return slices;
}

function weightOf(character: number): number {
  switch (character) {
    case 0x2a: // *
    case 0x5f: // _
    case 0x7e: // ~
      return 3;
    case 0x5b: // [
    case 0x60: // `
    case 0x3c: // <
    case 0x40: // @
      return 1;
    default:
      return 0;
  }
}

function niceEnd(text: string, start: number, at: number): number {
  const earliest = Math.max(start + 1, at - NEAR);
  for (const separator of ['\n', ' ']) {
    const found = text.lastIndexOf(separator, at);
    if (found >= earliest) return found + 1;
  }
  const isInPair = isHighSurrogate(text.charCodeAt(at - 1)) && at - 1 > start;
  return Math.max(start + 1, isInPair ? at - 1 : at);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
