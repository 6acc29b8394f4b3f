import fc from 'fast-check';
import { Lexer, type Token, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { type MarkdownProgress, splitMarkdown } from './markdown-blocks.ts';

const PIECES = [
  'word',
  ' ',
  '\n',
  '\n\n',
  '# ',
  '## Title\n',
  '- ',
  '* ',
  '1. ',
  '2. ',
  '2',
  '3) ',
  '  ',
  '    ',
  '> ',
  '```',
  '```ts\n',
  '~~~\n',
  '`',
  '**',
  '*',
  '_',
  '|',
  '| a | b |\n',
  '|---|---|\n',
  '---',
  '===',
  '\n---\n',
  '[link](http://x.y)',
  '<div>',
  '</div>',
  '<!-- ',
  '-->',
  '\t',
  '\\',
  '&amp;',
  '- [ ] ',
  '\r\n',
  '\r',
  'https://x.y ',
  '😀',
];
const REFERENCES = ['[a]', '[a]: http://x.y\n', '[b][a]'];

const textOfPieces = (pieces: readonly string[]) =>
  fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));

/** Feeds a text in the given steps and hands every state to `see`. */
function feed(
  text: string,
  steps: readonly number[],
  see: (progress: MarkdownProgress) => void = () => {},
): MarkdownProgress {
  let progress: MarkdownProgress | undefined;
  let at = 0;
  for (let index = 0; at < text.length; index++) {
    at = Math.min(text.length, at + (steps[index % steps.length] ?? 1));
    progress = splitMarkdown(text.slice(0, at), false, progress);
    see(progress);
  }
  return progress ?? splitMarkdown('', false);
}

const visibleTokens = (text: string) =>
  new Lexer().lex(text).filter((token) => token.type !== 'space' && token.type !== 'def');
/**
 * Blanks at the ends of lines are not shown, but in code: marked counts those behind an empty item, and before a line that
 * goes on a paragraph, or not, by what follows.
 */
const asShown = (tokens: readonly unknown[]): unknown =>
  JSON.parse(
    JSON.stringify(tokens, function (this: { type?: string }, key, value) {
      const isSource = (key === 'raw' || key === 'text') && this.type !== 'code';
      return isSource
        ? String(value)
            .replace(/[ \t]*\n[ \t]*/g, '\n')
            .trim()
        : value;
    }),
  );
const steps = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 10 });

describe('splitMarkdown', () => {
  it('gives the blocks of one lex for any split of the text, before it is finished', () => {
    fc.assert(
      fc.property(textOfPieces(PIECES), steps, (text, sizes) => {
        // What a lone CR at the very end will become is not known yet.
        const whole = text.replace(/\r$/, '');
        const progress = feed(text, sizes);
        expect(asShown(progress.blocks.map((block) => block.token))).toEqual(asShown(visibleTokens(whole)));
      }),
      {
        numRuns: 1500,
        examples: [
          ['|---|---|\n     |---|---|\n- word', [2]],
          ['> 3) \n---\n', [1, 7, 1]],
        ],
      },
    );
  });

  it('gives the blocks of one lex for any split of a finished text with link references', () => {
    fc.assert(
      fc.property(textOfPieces([...PIECES, ...REFERENCES, ...REFERENCES]), steps, (text, sizes) => {
        const finished = splitMarkdown(text, true, feed(text, sizes));
        expect(asShown(finished.blocks.map((block) => block.token))).toEqual(asShown(visibleTokens(text)));
        expect(finished.blocks.every((block) => !block.isOpen)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('never changes a settled block, so that it is rendered once', () => {
    fc.assert(
      fc.property(textOfPieces(PIECES), steps, (text, sizes) => {
        let before: MarkdownProgress | undefined;
        feed(text, sizes, (progress) => {
          for (const [index, block] of (before?.blocks ?? []).entries()) {
            if (!block.isOpen) expect(progress.blocks[index]).toBe(block);
          }
          before = progress;
        });
      }),
    );
  });

  it('keeps the key of a block while it grows', () => {
    const first = splitMarkdown('para\n\n```js\nlet', false);
    const second = splitMarkdown('para\n\n```js\nlet a = 1;\n```', false, first);
    expect(second.blocks.map((block) => block.key)).toEqual(first.blocks.map((block) => block.key));
    expect(second.blocks[0]).toBe(first.blocks[0]);
  });

  it('keeps a numbered list whole when its next number arrives alone', () => {
    const first = splitMarkdown('1. a\n\n2', false);
    const second = splitMarkdown('1. a\n\n2. b', false, first);
    expect(second.blocks).toHaveLength(1);
  });

  it('starts anew when the text is another one', () => {
    const other = splitMarkdown('# other', false, splitMarkdown('first\n\nsecond\n\n', false));
    expect(other.blocks).toHaveLength(1);
    expect(other.blocks[0]?.token.type).toBe('heading');
  });
});

const rawOf = (tokens: readonly Token[]): string => tokens.map(({ raw }) => raw).join('');

/** All updates of a text that comes in 1000 pieces. */
function feedAll(text: string): MarkdownProgress {
  return feed(text, [Math.ceil(text.length / 1000)]);
}

describe('the work for a long answer', () => {
  const LENGTH = 20_000;
  const filled = (piece: string): string => piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);

  it.each([
    ['paragraphs', filled('Some **bold** words and `code` to read.\n\n')],
    ['one list', filled('- an item with `code`\n')],
    ['one nested list', filled('- an item\n  - below it\n')],
    ['one table', `| a | b |\n|---|---|\n${filled('| one | two |\n')}`],
    ['one code block', `\`\`\`ts\n${filled('const a = 1;\n')}`],
    ['one code block after a line', `So:\n\`\`\`ts\n${filled('const a = 1;\n')}`],
    ['one paragraph in lines', filled('a line of a paragraph\n')],
    ['one quote', filled('> a line of a quote\n')],
  ])('stays within a few passes over it and a constant for each update: %s', (_name, text) => {
    const { work, blocks } = feedAll(text);
    expect(work).toBeLessThan(20 * LENGTH + 1000 * 1000);
    expect(blocks.map(({ token }) => token.raw).join('').length).toBeGreaterThan(LENGTH * 0.9);
  });

  it('shows all of a growing list and a growing table as one', () => {
    const list = feedAll(filled('- item\n').slice(0, 9000)).blocks;
    expect(list).toHaveLength(1);
    const table = feedAll(`| a | b |\n|---|---|\n${filled('| one | two |\n').slice(0, 9100)}`).blocks;
    expect(table).toHaveLength(1);
  });

  it('shows a growing paragraph as one, word for word, and begins another only after a blank line', () => {
    const paragraph = filled('some *more* words\nin `lines` ').slice(0, 5000);
    const words = (text: string): string => text.replace(/\s+/g, ' ').trim();
    feed(paragraph, [37], ({ text, blocks }) => {
      expect(blocks.map(({ token }) => words(rawOf((token as Tokens.Paragraph).tokens)))).toEqual([words(text)]);
    });
    expect(feedAll(`${paragraph}\n\n${paragraph}`).blocks).toHaveLength(2);
  });
});

describe('a message that nests without end', () => {
  it.each(['> '.repeat(3000), '> '.repeat(500), '- '.repeat(3000), '- '.repeat(500)])(
    'is shown as it was written',
    (nested) => {
      const { blocks } = splitMarkdown(`${nested}end`, true);
      expect(blocks.map(({ token }) => [token.type, token.raw])).toEqual([['plain', `${nested}end`]]);
    },
  );

  it('leaves the blocks around it alone', () => {
    const { blocks } = splitMarkdown(`# Title\n\n${'> '.repeat(200)}end\n\nlast`, true);
    expect(blocks.map(({ token }) => token.type)).toEqual(['heading', 'plain', 'paragraph']);
  });
});
