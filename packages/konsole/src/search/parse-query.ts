import { tokenize } from './tokenize.ts';

/** Words that follow one another; the last one may go on unless the phrase was in quotes. */
export interface Phrase {
  readonly words: readonly string[];
  readonly isPrefix: boolean;
}

/** What a person looks for: every phrase has to be there. Nothing that they type is syntax but quotes. */
export function parseQuery(query: string): Phrase[] {
  const phrases: Phrase[] = [];
  for (const [, quoted, plain = ''] of query.matchAll(/"([^"]*)"|([^\s"]+)/g)) {
    const words = tokenize(quoted ?? plain).map(({ word }) => word);
    if (words.length > 0) phrases.push({ words, isPrefix: quoted === undefined });
  }
  return phrases;
}

/** For SQLite's MATCH (FTS5): the words are letters and digits alone, so nothing has to be escaped. */
export function toMatch(phrases: readonly Phrase[]): string {
  return phrases.map(({ words, isPrefix }) => `"${words.join(' ')}"${isPrefix ? ' *' : ''}`).join(' AND ');
}
