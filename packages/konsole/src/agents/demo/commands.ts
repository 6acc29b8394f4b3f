import type { SlashCommand } from './act.ts';
import { ask } from './acts/ask.ts';
import { editFile } from './acts/edit-file.ts';
import { createTestingCommands, type AgentProcess } from './acts/for-testing.ts';
import { plan } from './acts/plan.ts';
import { readProjectFile } from './acts/read-file.ts';
import { runCommand } from './acts/run-command.ts';
import { stream } from './acts/stream.ts';
import { think } from './acts/think.ts';
import { INTRODUCTION, tour } from './acts/tour.ts';

/** Everything that the demo agent can be asked for. */
export function createCommands(agentProcess: AgentProcess): readonly SlashCommand[] {
  const commands: SlashCommand[] = [
    { name: 'tour', description: 'Show everything once', act: tour },
    { name: 'stream', description: 'Stream an answer', hint: 'number of words', act: stream, keywords: /\bstream/i },
    { name: 'think', description: 'Think before answering', act: think, keywords: /\bth(ink|ought)/i },
    { name: 'plan', description: 'Work through a plan', act: plan, keywords: /\bplan/i },
    {
      name: 'read',
      description: 'Read a file of the project',
      hint: 'file',
      act: readProjectFile,
      keywords: /\bread\b/i,
    },
    {
      name: 'edit',
      description: 'Change konui-demo.md, with a diff',
      act: editFile,
      keywords: /\b(edit|change|write)\b/i,
    },
    {
      name: 'run',
      description: 'Run a command and show its output',
      hint: 'command',
      act: runCommand,
      keywords: /\b(run|command|shell)\b/i,
    },
    { name: 'ask', description: 'Ask you a question with a form', act: ask },
    ...createTestingCommands(agentProcess),
  ];
  const help: SlashCommand = {
    name: 'help',
    description: 'List all commands',
    act: (turn) => turn.say(toHelp([...commands, help])),
    keywords: /\bhelp\b/i,
  };
  return [...commands, help];
}

function toHelp(commands: readonly SlashCommand[]): string {
  const toLine = ({ name, hint, description }: SlashCommand): string =>
    `- \`/${name}${hint === undefined ? '' : ` <${hint}>`}\`: ${description}`;
  const usual = commands.filter((command) => !command.isForTesting).map(toLine);
  const testing = commands.filter((command) => command.isForTesting).map(toLine);
  return [INTRODUCTION, '', ...usual, '', 'For testing the console:', '', ...testing].join('\n');
}
