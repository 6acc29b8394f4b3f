import { applyPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedWords } from './changed-words.ts';
import { foldUnchanged, splitRows } from './diff-rows.ts';
import { diffTexts, type DiffLine, isBinary } from './line-diff.ts';
import { patchText } from './patch-text.ts';

const line = fc.constantFrom('', 'a', 'b', 'const x = 1;', 'const y = 2;', '  return x;', '}');
const text = fc
  .array(line, { maxLength: 30 })
  .chain((lines) => fc.constantFrom(lines.join('\n'), lines.map((part) => `${part}\n`).join('')));
const side = (lines: readonly DiffLine[], other: DiffLine['type']) =>
  lines
    .filter(({ type }) => type !== other)
    .map((each) => `${each.text}${each.isUnended === true ? '' : '\n'}`)
    .join('');
const marked = (now: string, before: string) => changedWords(now, before).map(({ from, to }) => now.slice(from, to));

describe('diffTexts', () => {
  it('holds every line of both texts, in order and under its number', () => {
    fc.assert(
      fc.property(text, text, (oldText, newText) => {
        const { lines } = diffTexts(oldText, newText);
        expect(side(lines, 'added')).toBe(oldText);
        expect(side(lines, 'removed')).toBe(newText);
        for (const which of ['oldLine', 'newLine'] as const) {
          const numbers = lines.flatMap((each) => each[which] ?? []);
          expect(numbers).toEqual(numbers.map((_, index) => index + 1));
        }
      }),
    );
  });

  it('makes a patch that turns the old text into the new one', () => {
    fc.assert(
      fc.property(text, text, (oldText, newText) => {
        fc.pre(oldText !== newText);
        const patch = patchText('/src/a.ts', diffTexts(oldText, newText), {
          isNew: oldText === '',
          isGone: newText === '',
        });
        expect(applyPatch(oldText, patch)).toBe(newText);
      }),
    );
  });

  it('keeps a moved block whole instead of mixing braces', () => {
    const before = 'function a() {\n  one();\n}\n\nfunction b() {\n  two();\n}\n';
    const after = `function c() {\n  three();\n}\n\n${before}`;
    const { lines, added, removed } = diffTexts(before, after);
    expect([added, removed]).toEqual([4, 0]);
    expect(lines.slice(0, 4).every(({ type }) => type === 'added')).toBe(true);
  });

  it('compares lines and not line endings, and says that those changed', () => {
    const diff = diffTexts('a\r\nb\r\n', 'a\nc\n');
    expect(diff).toMatchObject({ added: 1, removed: 1, lineEnds: { before: 'crlf', after: 'lf' } });
    expect(diffTexts('a\r\nb\r\n', 'a\r\nc\r\n').lineEnds).toBeUndefined();
    expect(diffTexts('a\r\nb\n', 'a\nb\n')).toMatchObject({
      added: 1,
      removed: 1,
      lineEnds: { before: 'mixed', after: 'lf' },
    });
  });

  it('shows a newline that was added at the end', () => {
    const { lines } = diffTexts('a\nb', 'a\nb\n');
    expect(lines).toMatchObject([
      { type: 'context' },
      { type: 'removed', isUnended: true },
      { type: 'added', text: 'b' },
    ]);
  });

  it('gives up on a long part with nothing in common', () => {
    const many = (word: string) => Array.from({ length: 5_000 }, (_, index) => `${word} ${index}`).join('\n');
    expect(diffTexts(many('old'), many('new'))).toMatchObject({ added: 5_000, removed: 5_000, isGivenUp: true });
  });

  it('knows what is no text', () => {
    expect(isBinary('PNG\u0000')).toBe(true);
    expect(isBinary('\u001b[31m')).toBe(false);
  });
});

describe('changedWords', () => {
  it.each([
    ['const total = price * count;', 'const total = price;', [' * count']],
    ['return readFile(path, "utf8");', 'return readFile(path);', [', "utf8"']],
    ['the same', 'the same', []],
    ['omega', 'alpha', []],
    ['a new two words b c d e', 'a old thing words b c d e', ['new two']],
  ])('%s', (now, before, expected) => expect(marked(now, before)).toEqual(expected));

  it('marks what lies between begin and end of a line that nobody reads', () => {
    const long = (word: string) => `${'x'.repeat(9_000)} ${word} ${'y'.repeat(9_000)}`;
    expect(marked(long('new'), long('old'))).toEqual(['new']);
  });

  it('marks only what stands in the line, in order', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (now, before) => {
        let last = 0;
        for (const { from, to } of changedWords(now, before)) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          last = to;
        }
        expect(last).toBeLessThanOrEqual(now.length);
      }),
    );
  });
});

describe('rows', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\n`);
  const change = (at: number, count = 40) =>
    diffTexts(lines(count).join(''), lines(count).with(at, 'new\n').join('')).lines;

  it('folds what has not changed and opens it on demand', () => {
    const rows = foldUnchanged(change(20), new Set());
    expect(rows.map(({ type }) => type)).toEqual([
      'gap',
      'context',
      'context',
      'context',
      'removed',
      'added',
      'context',
      'context',
      'context',
      'gap',
    ]);
    expect(rows[0]).toEqual({ type: 'gap', from: 0, to: 17 });
    expect(foldUnchanged(change(20), new Set([0])).filter(({ type }) => type === 'gap')).toHaveLength(1);
  });

  it('does not fold less than it takes to say so', () => {
    expect(foldUnchanged(change(6, 10), new Set()).some(({ type }) => type === 'gap')).toBe(false);
  });

  it('puts old and new beside each other and loses no line', () => {
    fc.assert(
      fc.property(text, text, (oldText, newText) => {
        const all = diffTexts(oldText, newText).lines;
        const rows = splitRows(all).flatMap((row) => (row.type === 'pair' ? [row] : []));
        expect(rows.flatMap(({ before }) => before?.oldLine ?? [])).toEqual(
          all.flatMap(({ oldLine }) => oldLine ?? []),
        );
        expect(rows.flatMap(({ after }) => after?.newLine ?? [])).toEqual(all.flatMap(({ newLine }) => newLine ?? []));
      }),
    );
  });
});
