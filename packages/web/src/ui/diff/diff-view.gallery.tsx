import { defineGallery } from '../../gallery/define-gallery.ts';
import { after, before, longChange } from './diff-samples.ts';
import { DiffView } from './diff-view.tsx';

const path = 'src/settings.js';
const long = longChange(5_470);
const crlf = before.replaceAll('\n', '\r\n');
const hugeLine = (word: string): string =>
  `const data = "${'lorem ipsum '.repeat(450)}${word}${' dolor sit'.repeat(450)}";\n`;
const hostile = {
  path: 'src/\u202egpj.exe/<img src=x onerror=alert(1)>\u200b.js',
  oldText: 'if (isAdmin) {\n\treturn true;\n}\n',
  newText:
    'if (isAdmin\u202e \u2066// only admins\u2069 \u2066) {\n\treturn true; </code><script>alert(1)</script>\n}\n\u001b[31mred\u0007\nשלום עולם = 1;\n',
};

export const gallery = defineGallery({
  name: 'diff',
  states: {
    'word-changed': () => <DiffView path={path} oldText={before} newText={after} />,
    'side-by-side': () => <DiffView path={path} oldText={before} newText={after} startsSplit />,
    folded: () => <DiffView path={path} oldText={before} newText={after} startsFolded />,
    short: () => <DiffView path={path} {...longChange(300)} isShort />,
    'new-file': () => <DiffView path={path} oldText="" newText={after} />,
    'deleted-file': () => <DiffView path={path} oldText={before} newText="" />,
    'same-text': () => <DiffView path={path} oldText={before} newText={before} />,
    'line-endings': () => <DiffView path={path} oldText={crlf} newText={after} />,
    'mixed-line-endings': () => <DiffView path={path} oldText={'a\r\nb\nc\n'} newText={'a\nb\nc\n'} />,
    'no-newline-at-end': () => <DiffView path={path} oldText={'one\ntwo'} newText={'one\ntwo\n'} />,
    'huge-line': () => <DiffView path={path} oldText={hugeLine('old')} newText={hugeLine('new')} />,
    'nothing-in-common': () => (
      <DiffView path={path} oldText={long.oldText} newText={long.oldText.replaceAll('const', 'let')} />
    ),
    'long-path': () => <DiffView path={`src/${'a-very-long-folder/'.repeat(12)}file.ts`} oldText="a\n" newText="b\n" />,
    binary: () => <DiffView path="logo.png" oldText={'PNG\u0000\u0001'} newText={'PNG\u0000\u0002'} />,
    'too-large': () => <DiffView path="data.json" oldText="" newText={'0123456789\n'.repeat(400_000)} />,
    hostile: () => <DiffView {...hostile} />,
    'long-5470': () => <DiffView path={path} {...long} />,
  },
});
