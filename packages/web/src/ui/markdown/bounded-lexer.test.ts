import { describe, expect, it } from 'vitest';
import { lexBounded } from './bounded-lexer.ts';

const LENGTH = 12_000;
const filled = (piece: string): string => piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);

/** The shortest of three runs, in milliseconds. */
function cost(text: string): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const start = performance.now();
      lexBounded(text);
      return performance.now() - start;
    }),
  );
}

describe('a text that was made to keep a lexer busy', () => {
  it.each([
    '_a',
    '*_a ',
    '*a **b ',
    '*a ',
    '[',
    '![',
    '[a](',
    '~a',
    '`a',
    '<a ',
    '<!-- ',
    'a.',
    '> ',
    '1. ',
    '- ',
    '|a',
    '[a][b]',
    '[a]: b\n',
    'http://a.',
    '- a\n',
    '> - a\nb\n',
  ])('costs at most a fixed multiple of what prose of its length costs: %j', (piece) => {
    const text = filled(piece);
    // Without bounds `*_a ` takes thousands of times as long, and thousands of ">" use up the stack.
    expect(cost(text)).toBeLessThan(400 * cost(filled('Some words of prose, and then some more of them.\n\n')));
  });

  it.each([3, 6, 10, 15])('costs little where %d quotes and lists in each other go on with short lines', (depth) => {
    const text = `${'> - '.repeat(depth)}a\n${'b\n'.repeat(LENGTH / 2)}`;
    expect(cost(text)).toBeLessThan(200 * cost(filled('Some words of prose, and then some more of them.\n\n')));
  });

  it('is a list still where an outline is deep, and its items are short', () => {
    const outline = Array.from({ length: 400 }, (_, row) => `${'  '.repeat(row % 6)}- word ${row}\n`).join('');
    const [list] = lexBounded(outline);
    expect(list?.type).toBe('list');
    expect(JSON.stringify(list)).not.toContain('"plain"');
  });

  it('asks for no more cells than it has words for', () => {
    const wide = `${'|a'.repeat(150)}\n${'|-'.repeat(150)}\n${'|\n'.repeat(20_000)}`;
    expect(lexBounded(wide).some((token) => token.type === 'table')).toBe(false);
    expect(lexBounded(`${'|a'.repeat(10_000)}\n${'|-'.repeat(10_000)}`)[0]?.type).toBe('paragraph');
    expect(lexBounded('|a|\n|-|\n|b|\n')[0]?.type).toBe('table');
  });

  it('is shown as it was written where quotes and lists in each other go too far, and only there', () => {
    const tangled = `${'> - '.repeat(12)}a\n${'b\n'.repeat(6000)}`;
    const tokens = lexBounded(`# Title\n\n${tangled}\n\n**after**`);
    expect(tokens.map(({ raw }) => raw).join('')).toHaveLength(tangled.length + 20);
    expect(tokens.at(0)?.type).toBe('heading');
    expect(tokens.at(-1)?.type).toBe('paragraph');
    expect(tokens.some(({ type }) => type === 'plain')).toBe(true);
  });
});
