import { defineGallery } from '../../gallery/define-gallery.ts';
import { DiffView } from './diff-view.tsx';

const before =
  'import { readFile } from "node:fs/promises";\n\nexport function load(path) {\n  return readFile(path);\n}\n';
const after = before.replace('readFile(path)', 'readFile(path, "utf8")');

export const gallery = defineGallery({
  name: 'diff',
  states: {
    'word-changed': () => <DiffView path="src/load.js" oldText={before} newText={after} />,
    'new-file': () => <DiffView path="src/load.js" oldText="" newText={after} />,
  },
});
