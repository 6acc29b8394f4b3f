import { stripVTControlCharacters } from 'node:util';

/** As long as a prompt may be that a person reviews (SPEC INJ5); far more than an agent reads with care. */
export const MAX_INJECTED_CHARACTERS = 100_000;
/** What was asked stands at the beginning, and what a program failed with at the end. */
const KEPT_AT_BEGINNING = 20_000;
/** Room for the note. */
const KEPT_AT_END = MAX_INJECTED_CHARACTERS - KEPT_AT_BEGINNING - 200;

/**
 * What a program wrote, as an agent should read it: without colours and cursor movements, of a line that was drawn over
 * and over the last state alone, and of a long text the beginning and the end, with a note of what is left out.
 */
export function tidyOutput(output: string): string {
  const text = stripVTControlCharacters(output)
    .replace(/\r+\n/g, '\n')
    .replace(/^[^\n]*\r(?=[^\n])/gm, '')
    .trimEnd();
  if (text.length <= MAX_INJECTED_CHARACTERS) return text;
  const beginning = text.slice(0, KEPT_AT_BEGINNING).replace(/[\uD800-\uDBFF]$/, '');
  const end = text.slice(-KEPT_AT_END).replace(/^[\uDC00-\uDFFF]/, '');
  const left = text.length - beginning.length - end.length;
  return `${beginning}\n\n[${left.toLocaleString('en')} of ${text.length.toLocaleString('en')} characters are left out here]\n\n${end}`;
}
