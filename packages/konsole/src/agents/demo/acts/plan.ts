import type { Act } from '../act.ts';

const steps = ['Look at the project', 'Decide what to change', 'Change it', 'Check the result'];
const STEP_MS = 150;

/** Shows a plan and works through it. */
export const plan: Act = async (turn) => {
  for (let done = 0; done <= steps.length; done++) {
    const entries = steps.map((content, at) => ({
      content,
      priority: 'medium' as const,
      status: at < done ? ('completed' as const) : at === done ? ('in_progress' as const) : ('pending' as const),
    }));
    await turn.send({ sessionUpdate: 'plan', entries });
    if (done < steps.length) await turn.pause(STEP_MS);
  }
  await turn.say('The plan is done: four steps, each shown as it began and ended.');
};
