import { describe, expect, it } from 'vitest';
import { decodeTokens } from './highlighted-line.ts';
import type { CodeLanguage } from './languages.ts';
import { createTokenizer } from './tokenize.ts';

const tokenize = createTokenizer();

/** Each coloured piece as `kind:text`, line by line. */
function pieces(text: string, language: CodeLanguage): string[][] {
  const lines = text.split('\n');
  return decodeTokens(tokenize(text, language), lines.length).map((tokens, index) =>
    tokens.map(({ from, to, kind }) => `${kind}:${lines[index]?.slice(from, to)}`),
  );
}

describe('the tokens of a code block', () => {
  it('are ranges within their lines', () => {
    expect(pieces('const a = "x";\n\nreturn 12;', 'typescript')).toEqual([
      ['keyword:const', 'string:"x"'],
      [],
      ['keyword:return', 'number:12'],
    ]);
  });

  it('go on over the lines of a comment', () => {
    expect(pieces('/* a\n   b */ let c', 'typescript')).toEqual([['comment:/* a'], ['comment:   b */', 'keyword:let']]);
  });

  it.each<[CodeLanguage, string, string]>([
    ['bash', 'echo "a"', 'string:"a"'],
    ['cpp', 'int main() {}', 'type:int'],
    ['css', 'a { color: red }', 'attribute:color'],
    ['diff', '+ new', 'added:+ new'],
    ['go', 'func main() {}', 'keyword:func'],
    ['java', 'class A {}', 'keyword:class'],
    ['json', '{"a": 1}', 'number:1'],
    ['markdown', '# Title', 'function:# Title'],
    ['python', 'def f(): pass', 'keyword:def'],
    ['rust', 'fn main() {}', 'keyword:fn'],
    ['sql', 'select 1', 'keyword:select'],
    ['xml', '<a b="c"/>', 'string:"c"'],
    ['yaml', 'a: 1', 'number:1'],
  ])('are found in %s', (language, text, piece) => {
    expect(pieces(text, language).flat()).toContain(piece);
  });

  it('stand at their place within another language', () => {
    const text = '<p>x</p>\n<script>let a;\nlet b;</script><b/>';
    const found = pieces(text, 'xml');
    expect(found[1]).toContain('keyword:let');
    expect(found[2]).toContain('keyword:let');
    expect(found[2]?.at(-1)).toContain('<b/>');
  });

  it('end where nobody reads by colour: in a minified line', () => {
    const [line] = pieces('let a=1;'.repeat(5000), 'typescript');
    expect(line?.length).toBeLessThan(2000);
  });
});
