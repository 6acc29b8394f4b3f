import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffRow, diffRows, textOfParts } from './diff-rows.ts';

const line = fc.constantFrom('', 'a', 'b', 'const x = 1;', 'const y = 2;', '  return x;', '}');
const text = fc
  .array(line, { maxLength: 30 })
  .chain((lines) => fc.constantFrom(lines.join('\n'), lines.map((part) => `${part}\n`).join('')));

function side(rows: readonly DiffRow[], which: 'oldLine' | 'newLine'): Map<number, string> {
  const lines = new Map<number, string>();
  for (const row of rows) {
    const number = row.type === 'gap' ? undefined : row[which];
    if (row.type !== 'gap' && number !== undefined) lines.set(number, textOfParts(row.parts));
  }
  return lines;
}

describe('diffRows', () => {
  it('shows only lines that stand in the texts, under their own numbers', () => {
    fc.assert(
      fc.property(text, text, (oldText, newText) => {
        const { rows } = diffRows(oldText, newText);
        const oldLines = oldText.split('\n');
        const newLines = newText.split('\n');
        for (const [number, content] of side(rows, 'oldLine')) expect(content).toBe(oldLines[number - 1]);
        for (const [number, content] of side(rows, 'newLine')) expect(content).toBe(newLines[number - 1]);
      }),
    );
  });

  it('accounts for every line of the old text: shown or counted in a gap', () => {
    fc.assert(
      fc.property(text, text, (oldText, newText) => {
        fc.pre(oldText !== newText);
        const { rows } = diffRows(oldText, newText);
        const hidden = rows.reduce((sum, row) => (row.type === 'gap' ? sum + row.hiddenLines : sum), 0);
        const lines = oldText === '' ? 0 : (oldText.endsWith('\n') ? oldText.slice(0, -1) : oldText).split('\n').length;
        expect(side(rows, 'oldLine').size + hidden).toBe(lines);
      }),
    );
  });

  it('marks the words that changed in a replaced line', () => {
    const { rows } = diffRows('const total = price;\n', 'const total = price * count;\n');
    const added = rows.find((row) => row.type === 'added');
    expect(added?.type === 'added' && added.parts).toEqual([
      { text: 'const total = price', isChanged: false },
      { text: ' * count', isChanged: true },
      { text: ';', isChanged: false },
    ]);
  });

  it('marks no words where little of the line is left', () => {
    const { rows } = diffRows('alpha\n', 'omega\n');
    expect(rows.every((row) => row.type === 'gap' || row.parts.every((part) => !part.isChanged))).toBe(true);
  });

  it('shows a new file as added lines only', () => {
    expect(diffRows('', 'one\ntwo\n')).toMatchObject({ added: 2, removed: 0 });
  });

  it('gives up on texts that differ in thousands of lines and shows both whole', () => {
    const many = (word: string) => Array.from({ length: 5000 }, (_, index) => `${word} ${index}`).join('\n');
    expect(diffRows(many('old'), many('new'))).toMatchObject({ added: 5000, removed: 5000 });
  });
});
