import type { Act } from '../act.ts';
import { editFile } from './edit-file.ts';
import { plan } from './plan.ts';
import { readProjectFile } from './read-file.ts';
import { runCommand } from './run-command.ts';
import { think } from './think.ts';

export const INTRODUCTION =
  "I am Konui's demo agent: **no model behind me**, so I do not understand what you write. What I do is real, though: " +
  'files, commands and permissions are those of any agent.';

/** Everything once. */
export const tour: Act = async (turn) => {
  await turn.say(`${INTRODUCTION} Here is a short tour.`);
  await think(turn, '');
  await plan(turn, '');
  await turn.say('### Reading a file');
  await readProjectFile(turn, '');
  await turn.say('### Changing a file\n\nThis needs your permission.');
  await editFile(turn, '');
  await turn.say('### Running a command\n\nSo does this.');
  await runCommand(turn, '');
  const tips = ' `/help` lists what else I can do; choose a real agent to get work done.';
  await turn.say(`That was all.${turn.choices.tips ? tips : ''}`);
};
