import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RGB } from './terminal-style.ts';
import { parseTerminalText, TerminalText, textOfLines } from './terminal-text.ts';

const plain = (text: string) => textOfLines(parseTerminalText(text));
const styles = (text: string) => parseTerminalText(text).flatMap((line) => line.map((span) => [span.text, span.style]));

describe('colours and looks', () => {
  it.each([
    [
      '\u001b[31mred\u001b[0m no',
      [
        ['red', { color: 1 }],
        [' no', undefined],
      ],
    ],
    ['\u001b[1;3;4;92mx', [['x', { isBold: true, isItalic: true, isUnderlined: true, color: 10 }]]],
    ['\u001b[2;7;9mx', [['x', { isDim: true, isInverse: true, isStruck: true }]]],
    [
      '\u001b[1;2ma\u001b[22mb',
      [
        ['a', { isBold: true, isDim: true }],
        ['b', undefined],
      ],
    ],
    ['\u001b[41;39mx', [['x', { background: 1 }]]],
    ['\u001b[38;5;9mx', [['x', { color: 9 }]]],
    ['\u001b[38;5;196mx', [['x', { color: RGB + 0xff0000 }]]],
    ['\u001b[48;5;232mx', [['x', { background: RGB + 0x080808 }]]],
    ['\u001b[38;2;1;2;3;1mx', [['x', { color: RGB + 0x010203, isBold: true }]]],
    ['\u001b[38:2::1:2:3mx', [['x', { color: RGB + 0x010203 }]]],
    [
      '\u001b[4:3ma\u001b[4:0mb',
      [
        ['a', { isUnderlined: true }],
        ['b', undefined],
      ],
    ],
    ['\u001b[31m\u001b[mx', [['x', undefined]]],
    ['\u009b31mx', [['x', { color: 1 }]]],
    ['\u001b[38;2;999;0;0mx', [['x', undefined]]],
    ['\u001b[38;5;999mx', [['x', undefined]]],
    ['\u001b[?25lx\u001b[>4;2my', [['xy', undefined]]],
  ])('%j', (text, expected) => expect(styles(text)).toEqual(expected));

  it('makes one object of equal looks', () => {
    const [one, , other] = parseTerminalText('\u001b[31ma\u001b[0mb\u001b[31mc')[0] ?? [];
    expect(one?.style).toBe(other?.style);
  });

  it('shows hidden text', () => expect(plain('\u001b[8msecret')).toBe('secret'));
});

describe('what is written over', () => {
  it.each([
    ['10%\r50%\r100%\nend\r\n', '100%\nend\n'],
    ['long line\rshort', 'shortline'],
    ['long line\r\u001b[Kshort', 'short'],
    ['abc\b\bX', 'aXc'],
    ['abc\u001b[2D\u001b[1K', '  c'],
    ['abc\u001b[2Kd', '   d'],
    ['abc\u001b[1Gx', 'xbc'],
    ['a\u001b[5Cb', 'a     b'],
    ['one\ntwo\u001b[1A\r\u001b[KONE\u001b[1B\rTWO', 'ONE\nTWO'],
    ['a\nb\nc\u001b[2A\u001b[J', 'a'],
    ['a\u001b[2J\u001b[Hb', 'ab'],
    ['😀😀\rx', 'x😀'],
    ['a\tb', 'a\tb'],
    ['a\u000bb', 'a\nb'],
    ['ding\u0007\u0000\u007f', 'ding'],
  ])('%j', (text, expected) => expect(plain(text)).toBe(expected));
});

describe('links and other strings', () => {
  const link = (address: string) => `\u001b]8;id=1;${address}\u001b\\here\u001b]8;;\u0007 not`;

  it('keeps links that may be opened', () => {
    expect(styles(link('https://example.org/a?b;c'))).toEqual([
      ['here', { href: 'https://example.org/a?b;c' }],
      [' not', undefined],
    ]);
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'vbscript:x', '/relative', ''])(
    'drops the link %j and keeps its text',
    (address) => expect(styles(link(address))).toEqual([['here not', undefined]]),
  );

  it.each([
    ['\u001b]0;title\u0007done', 'done'],
    ['\u001b]52;c;aGk=\u001b\\done', 'done'],
    ['\u001bPq#0;2;0;0;0\nsixel\u001b\\done', 'done'],
    ['\u001b_Gf=24;AAAA\u001b\\done', 'done'],
    ['\u001b(B\u001b=\u001b7done', 'done'],
    ['\u009d0;title\u009cdone', 'done'],
  ])('%j', (text, expected) => expect(plain(text)).toBe(expected));
});

describe('hostile output', () => {
  it('an unterminated title takes no more than its line', () => {
    expect(plain('a\u001b]0;never ends\nnext')).toBe('a\nnext');
  });

  it('an unterminated string ends by itself', () => {
    expect(plain(`\u001bP${'x'.repeat(1_048_576)}seen`)).toBe('seen');
  });

  it('a sequence that is broken off does not take what follows', () => {
    expect(plain('a\u001b[31\nb\u001b[3')).toBe('a\nb');
    expect(plain(`\u001b[${'1;'.repeat(100)}mx`)).toBe('x');
    expect(plain(`\u001b[${'9'.repeat(5_000)}`)).not.toBe('');
  });

  it('huge numbers move and colour nothing beyond measure', () => {
    expect(plain(`a\u001b[99999999999Cb`).length).toBeLessThan(1_000);
    expect(plain(`a\u001b[99999999999Ab\u001b[99999999999Dc`)).toBe('cb');
    expect(plain('\u001b[99999999999;99999999999mx')).toBe('x');
  });

  it('lines without an end are broken', () => {
    const lines = parseTerminalText('x'.repeat(25_000));
    expect(lines).toHaveLength(3);
    expect(textOfLines(lines).replaceAll('\n', '')).toHaveLength(25_000);
  });

  it('a line that is written over for ever stays cheap', () => {
    const text = (length: number) => `${'y'.repeat(9_000)}${'\rx'.repeat(length)}`;
    expect(plain(text(300_000))).toHaveLength(9_000);
  });

  it('keeps the last lines and counts the others', () => {
    const parser = new TerminalText({ maxLines: 100 });
    for (let index = 0; index < 5_000; index++) parser.feed(`line ${index}\n`);
    expect(parser.lines()).toHaveLength(100);
    expect(textOfLines(parser.lines()).startsWith('line 4901\n')).toBe(true);
    expect(parser.dropped).toBe(4_901);
  });
});

describe('pieces', () => {
  const pieces = fc.constantFrom(
    'text',
    '\n',
    '\r',
    '\b',
    '\t',
    '😀',
    '\u001b',
    '[',
    '31m',
    '\u001b[0m',
    '\u001b[1;38;5;200m',
    '\u001b]8;;https://x.example\u0007',
    '\u001b]8;;\u001b\\',
    '\u001b[K',
    '\u001b[2A',
    ';',
    '\u001bP',
    '\u001b\\',
    '\u0007',
    '\u009b',
    '\u202e',
    '\u001b[999999C',
    '\u001b[J',
  );

  it('any split of a text gives the same lines', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), fc.array(fc.nat(200), { maxLength: 8 }), (parts, cuts) => {
        const text = parts.join('');
        const parser = new TerminalText({ maxLines: 50 });
        const places = [
          0,
          ...cuts.map((cut) => Math.min(cut, text.length)).sort((one, other) => one - other),
          text.length,
        ];
        for (const [index, place] of places.entries()) parser.feed(text.slice(places[index - 1] ?? 0, place));
        expect(parser.lines()).toEqual(parseTerminalText(text, 50));
      }),
    );
  });

  it('nothing that a terminal obeys is left in the text', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' }))), (parts) => {
        // oxlint-disable-next-line no-control-regex -- they are what is looked for
        expect(plain(parts.join(''))).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
      }),
    );
  });

  it('a line that has not changed is the same object', () => {
    const parser = new TerminalText({ maxLines: 100 });
    parser.feed('one\ntwo');
    const [before] = parser.lines();
    parser.feed(' more\n');
    expect(parser.lines()[0]).toBe(before);
  });
});
