import type { Act } from '../act.ts';

const THOUGHTS: ReadonlyMap<string, number> = new Map([
  ['none', 0],
  ['short', 1],
  ['long', 3],
]);

/** Thinks as much as the person chose. */
export const think: Act = async (turn) => {
  const count = THOUGHTS.get(turn.choices.thinking) ?? 1;
  for (let at = 0; at < count; at++) {
    await turn.think(
      'A model would weigh its next step here. I have none, so I think about how thoughts look on the page: they come ' +
        'word by word like an answer, and stay folded until somebody opens them.',
    );
  }
  await turn.say(
    count === 0
      ? 'You chose that I do not think, so I did not.'
      : 'That was a thought: it is shown apart from the answer.',
  );
};
