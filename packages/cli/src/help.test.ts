import { describe, expect, it } from 'vitest';
import { LAUNCHER_COMMANDS, LAUNCHER_FLAGS, type LauncherCommand } from './launcher-commands.ts';
import { TALK_COMMANDS, type TalkCommand } from './talk/talk-commands.ts';
import { helpText } from './help.ts';

const launcherNames = Object.keys(LAUNCHER_COMMANDS) as LauncherCommand[];
const talkNames = Object.keys(TALK_COMMANDS) as TalkCommand[];
const flagsIn = (text: string): string[] => [...new Set(text.match(/--[a-z][a-z-]*/g))];

it('konui --help names every command and every flag that a parser takes, and no other', () => {
  const text = helpText();
  const docs = [...Object.values(LAUNCHER_COMMANDS), ...Object.values(TALK_COMMANDS)];
  for (const { usage } of docs) expect(text).toContain(usage);
  const flags = [LAUNCHER_FLAGS, ...docs.map((doc) => doc.flags)].flatMap((each) => Object.keys(each));
  expect(flagsIn(text).toSorted()).toEqual([...new Set(flags.map((flag) => `--${flag}`))].toSorted());
});

describe.each([...launcherNames, ...talkNames])('konui %s --help', (name) => {
  const doc = { ...LAUNCHER_COMMANDS, ...TALK_COMMANDS }[name];

  it('says what it does, its arguments, its options, its exit codes and an example, in lines that fit', () => {
    const text = helpText(name);
    expect(text).toContain(doc.usage);
    for (const flag of Object.keys(doc.flags)) expect(flagsIn(text)).toContain(`--${flag}`);
    for (const word of doc.usage.match(/<\w+>/g) ?? []) expect(text).toMatch(new RegExp(`^  ${word} `, 'm'));
    expect(text).toMatch(/Exit codes:\n {2}0 /);
    expect(text).toContain(`Example:\n  ${doc.example}`);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });
});

it('konui kontask --help lists what begins with it', () => {
  const names = talkNames.filter((name) => name.startsWith('kontask '));
  for (const name of names) expect(helpText('kontask')).toContain(`konui ${name}`);
});
