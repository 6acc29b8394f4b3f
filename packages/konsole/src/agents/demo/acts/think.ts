import type { Act } from '../act.ts';

export const think: Act = async (turn) => {
  await turn.think(
    'A model would weigh its next step here. I have none, so I think about how thoughts look on the page: they come ' +
      'word by word like an answer, and stay folded until somebody opens them.',
  );
  await turn.say('That was a thought: it is shown apart from the answer.');
};
