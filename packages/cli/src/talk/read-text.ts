import type { TalkWorld } from './talk-world.ts';

/**
 * What a person says on the command line; without any words, or with a `-` behind them, also what is piped in. Not read
 * otherwise: a program that keeps its stdin open would be waited for.
 */
export async function readText(words: readonly string[], { readInput }: Pick<TalkWorld, 'readInput'>): Promise<string> {
  const readsInput = words.length === 0 || words.at(-1) === '-';
  const spoken = (readsInput ? words.slice(0, -1) : words).join(' ');
  const piped = readsInput ? ((await readInput()) ?? '').trimEnd() : '';
  return [spoken, piped].filter((part) => part !== '').join('\n\n');
}
