import { describe, expect, it } from 'vitest';
import { parsePatch } from './parse-patch.ts';

const PATCH = `diff --git a/x.sql b/x.sql
index 1..2 100644
--- a/x.sql
+++ b/x.sql
@@ -1,3 +1,3 @@
 one
--- two
+++ zwei
 three
@@ -10 +10,2 @@ function ten()
 ten
+eleven
\\ No newline at end of file
`;

describe('a patch', () => {
  it('gives the lines of each hunk with their numbers, also lines that look like its head', () => {
    const [first, second] = parsePatch(PATCH);
    expect(first?.lines.map(({ type, oldLine, newLine, text }) => [type, oldLine, newLine, text])).toEqual([
      ['context', 1, 1, 'one'],
      ['removed', 2, undefined, '-- two'],
      ['added', undefined, 2, '++ zwei'],
      ['context', 3, 3, 'three'],
    ]);
    expect(first?.lines[1]?.counterpart).toBe('++ zwei');
    expect(second).toMatchObject({ heading: 'function ten()', skipped: 6 });
    expect(second?.lines.at(-1)).toEqual({
      type: 'added',
      oldLine: undefined,
      newLine: 11,
      text: 'eleven',
      isUnended: true,
    });
  });

  it('of a new file or of a deleted one begins at line 1', () => {
    expect(parsePatch('@@ -0,0 +1,2 @@\n+a\n+b\n')[0]?.lines.map(({ newLine }) => newLine)).toEqual([1, 2]);
    expect(parsePatch('@@ -1,2 +0,0 @@\n-a\n-b\n')[0]?.lines.map(({ oldLine }) => oldLine)).toEqual([1, 2]);
  });

  it('keeps what ends a line differently, and is empty where nothing is in it', () => {
    expect(parsePatch('@@ -1 +1 @@\n-a\r\n+a\n')[0]?.lines.map(({ text }) => text)).toEqual(['a\r', 'a']);
    expect(parsePatch('')).toEqual([]);
    expect(parsePatch('similarity index 100%\nrename from a\nrename to b\n')).toEqual([]);
  });
});
