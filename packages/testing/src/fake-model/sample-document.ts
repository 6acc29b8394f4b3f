/** A Markdown document with every block that a conversation shows. */
export const sampleDocument = `# A sample document

A paragraph with **bold**, *emphasis*, \`code\`, a [link](https://example.com/) and an umlaut: ü.

## A list

- first
- second
  1. nested one
  2. nested two

| part | state |
|------|-------|
| log  | done  |
| web  | open  |

\`\`\`ts
export const greet = (name: string): string => \`Hello, \${name}!\`;
\`\`\`

> A quotation.

The end.
`;
