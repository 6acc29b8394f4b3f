import { defineGallery } from '../../gallery/define-gallery.ts';
import { HOSTILE_TEXT } from './hostile-text.ts';
import { Markdown } from './markdown.tsx';

const ANSWER = `# What changed

The parser now reads **numbers with units** and _keeps_ what it does not know. See [the notes](https://example.org/notes) or \`src/parse.ts\`.

- [x] read \`12 kB\`
- [ ] read \`1.5 h\`
- a list
  1. with a numbered one
  2. in it

> A quote of two lines
> that goes on.

| Unit | Factor | Example |
|:-----|-------:|:-------:|
| kB | 1024 | 12 kB |
| MB | 1048576 | 3 MB |

\`\`\`ts
/** Reads a size; undefined where the text is none. */
export function parseSize(text: string): number | undefined {
  const match = /^(\\d+) ?(k|M)B$/.exec(text);
  return match === null ? undefined : Number(match[1]) * 1024;
}
\`\`\`

---

![A diagram](https://images.example.org/a.png)`;

export const gallery = defineGallery({
  name: 'markdown',
  states: {
    answer: () => <Markdown text={ANSWER} isFinished />,
    growing: () => <Markdown text={ANSWER.slice(0, 700)} isFinished={false} />,
    'wide-table': () => (
      <Markdown text={`${'| column '.repeat(60)}|\n${'|---'.repeat(60)}|\n${'| cell '.repeat(60)}|`} isFinished />
    ),
    hostile: () => <Markdown text={HOSTILE_TEXT} isFinished />,
  },
});
