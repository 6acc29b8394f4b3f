import { defineGallery } from '../gallery/define-gallery.ts';
import { CodeBlock } from './code-block.tsx';

const CODE = {
  ts: 'import { readFile } from "node:fs/promises";\n\n// Reads it once.\nexport const load = async (path: string): Promise<number> => {\n  const text = await readFile(path, "utf8");\n  return Number(text) * 2;\n};',
  python: '@cached\ndef load(path: str) -> int:\n    """Reads it."""\n    return int(open(path).read()) if path else 0',
  css: '.row:hover > .menu {\n  color: #3452d1;\n  padding: 4px var(--gap);\n}',
  diff: '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old line\n+new line',
};

export const gallery = defineGallery({
  name: 'code-block',
  states: {
    typescript: () => <CodeBlock text={CODE.ts} language="ts" />,
    python: () => <CodeBlock text={CODE.python} language="python" />,
    css: () => <CodeBlock text={CODE.css} language="css" />,
    diff: () => <CodeBlock text={CODE.diff} language="diff" />,
    plain: () => <CodeBlock text={'no language\nis known'} />,
    labelled: () => <CodeBlock text="ok" label="Output" />,
    'long-lines': () => <CodeBlock text={`${'a word and '.repeat(60)}\nshort`} language="md" />,
    long: () => <CodeBlock text={'a line\n'.repeat(1000)} label="Output" />,
  },
});
