import { lstat, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Act } from '../act.ts';

/** The one file that the demo agent ever writes. */
const DEMO_FILE = 'konui-demo.md';

/** Adds a line to the demo's own file in the project, after asking. */
export const editFile: Act = async (turn) => {
  const path = join(turn.cwd, DEMO_FILE);
  const oldText = await readOwnFile(path);
  const visits = (oldText?.match(/^- /gm) ?? []).length;
  const newText = `${oldText ?? '# Written by the Konui demo agent\n\n'}- Edit number ${visits + 1}.\n`;

  const toolCallId = crypto.randomUUID();
  const diff = { type: 'diff' as const, path, oldText: oldText ?? null, newText };
  const toolCall = {
    toolCallId,
    title: `Edit ${DEMO_FILE}`,
    kind: 'edit' as const,
    content: [diff],
    locations: [{ path }],
  };
  await turn.send({ sessionUpdate: 'tool_call', ...toolCall, status: 'pending' });
  try {
    if (!(await turn.isAllowed({ ...toolCall, status: 'pending' }, 'edit'))) {
      await turn.send({ sessionUpdate: 'tool_call_update', toolCallId, status: 'failed' });
      return await turn.say(`You rejected the edit, so \`${DEMO_FILE}\` stays as it was.`);
    }
    await turn.send({ sessionUpdate: 'tool_call_update', toolCallId, status: 'in_progress' });
    await writeFile(path, newText);
    await turn.send({ sessionUpdate: 'tool_call_update', toolCallId, status: 'completed', content: [diff] });
  } catch (error) {
    await turn.send({ sessionUpdate: 'tool_call_update', toolCallId, status: 'failed' });
    throw error;
  }
  await turn.say(
    `I ${oldText === undefined ? 'created' : 'changed'} \`${DEMO_FILE}\`. It is the only file I ever write.`,
  );
};

/** Undefined if it does not exist. A link could lead out of the project, and so is refused. */
async function readOwnFile(path: string): Promise<string | undefined> {
  try {
    if (!(await lstat(path)).isFile()) throw new Error(`${path} is no regular file; the demo agent leaves it alone`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
