import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Act } from '../act.ts';
import { runShell } from './run-shell.ts';

/** Runs a shell command in the project, after asking, and shows its output while it comes. */
export const runCommand: Act = async (turn, argument) => {
  const command = argument.trim() || defaultCommand(turn.cwd);
  const toolCallId = crypto.randomUUID();
  const toolCall = { toolCallId, title: command, kind: 'execute' as const, rawInput: { command, cwd: turn.cwd } };
  const update = async (status: 'in_progress' | 'completed' | 'failed', output?: string): Promise<void> => {
    const content = output === undefined ? {} : { content: [{ type: 'content' as const, content: toText(output) }] };
    await turn.send({ sessionUpdate: 'tool_call_update', toolCallId, status, ...content });
  };

  await turn.send({ sessionUpdate: 'tool_call', ...toolCall, status: 'pending' });
  let output = '';
  try {
    if (!(await turn.isAllowed({ ...toolCall, status: 'pending' }, `execute ${command}`))) {
      await update('failed');
      return await turn.say('You rejected the command, so I did not run it.');
    }
    await update('in_progress');
    const result = await runShell(command, turn, async (all) => {
      output = all;
      await update('in_progress', output);
    });
    await update(result.code === 0 ? 'completed' : 'failed', result.output || '(no output)');
    await turn.say(`\`${command}\` ended with ${result.code === null ? 'a signal' : `exit code ${result.code}`}.`);
  } catch (error) {
    await update('failed', output || undefined);
    throw error;
  }
};

const defaultCommand = (folder: string): string => (existsSync(join(folder, '.git')) ? 'git status --short' : 'ls -la');

const toText = (text: string): { type: 'text'; text: string } => ({ type: 'text', text });
