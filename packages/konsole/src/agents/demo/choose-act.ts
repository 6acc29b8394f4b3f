import type { Act, SlashCommand } from './act.ts';
import { INTRODUCTION, tour } from './acts/tour.ts';

/** What to do about a text: the slash command that it names, else what its words ask for, else the tour. */
export function chooseAct(text: string, commands: readonly SlashCommand[]): Act {
  const [, name, argument = ''] = /^\s*\/([\w-]+)\s*([^]*)$/.exec(text) ?? [];
  if (name !== undefined) {
    const command = commands.find((each) => each.name === name);
    if (command) return (turn) => command.act(turn, argument);
    return (turn) => turn.say(`I do not know \`/${name}\`. \`/help\` lists what I can do.`);
  }
  const asked = commands.filter((command) => command.keywords?.test(text));
  if (asked.length === 0) return tour;
  return async (turn) => {
    await turn.say(INTRODUCTION);
    for (const command of asked) await command.act(turn, '');
  };
}
