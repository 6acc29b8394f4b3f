import type { Act } from '../act.ts';

const sample = `## Streaming

Words arrive one by one, and the page renders them as **Markdown** while they come:

1. a *list* with \`code\` in it,
2. a table,
3. a block of code.

| part | what it does |
|------|--------------|
| runner | owns the agent and writes its log |
| console | watches the runners |
| gateway | talks to your browser |

\`\`\`js
const promise = 'what an agent did is never lost';
console.log(promise);
\`\`\`
`;

const MAX_WORDS = 100_000;

/** Streams a sample document, or as many words as asked. */
export const stream: Act = async (turn, argument) => {
  const count = Math.min(Number.parseInt(argument, 10), MAX_WORDS);
  if (!(count > 0)) return turn.say(sample);
  await turn.say(Array.from({ length: count }, (_, at) => `word${at + 1}`).join(' '));
};
