/** One line of a list; agents and prompts may be longer. */
const TITLE_LENGTH = 80;

/** A session's title from any text: one line, cut; undefined where nothing is left. */
export function toTitle(text: string): string | undefined {
  const line = text
    .slice(0, TITLE_LENGTH * 20)
    .replace(/\s+/g, ' ')
    .trim();
  if (line === '') return undefined;
  return line.length <= TITLE_LENGTH ? line : `${line.slice(0, TITLE_LENGTH - 1)}…`;
}
