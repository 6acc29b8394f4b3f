import { open, readdir, realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Act } from '../act.ts';

const MAX_BYTES = 4096;

/** Reads a file of the project: the one that is named, else a README, else the first. */
export const readProjectFile: Act = async (turn, argument) => {
  const wanted = argument.trim() || (await findFile(turn.cwd));
  if (wanted === undefined) return turn.say('There is no file in this folder that I could read.');

  const path = resolve(turn.cwd, wanted);
  const toolCallId = crypto.randomUUID();
  await turn.send({
    sessionUpdate: 'tool_call',
    toolCallId,
    title: `Read ${wanted}`,
    kind: 'read',
    status: 'in_progress',
    locations: [{ path }],
    rawInput: { path },
  });
  try {
    const text = await readBeginning(turn.cwd, path);
    await turn.send({
      sessionUpdate: 'tool_call_update',
      toolCallId,
      status: 'completed',
      content: [{ type: 'content', content: { type: 'text', text } }],
    });
    await turn.say(
      `I read \`${relative(turn.cwd, path)}\`; it begins with ${text.split('\n').length} lines that you see above.`,
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const text = `${wanted} cannot be read: ${reason}`;
    await turn.send({
      sessionUpdate: 'tool_call_update',
      toolCallId,
      status: 'failed',
      content: [{ type: 'content', content: { type: 'text', text } }],
    });
    await turn.say(text);
  }
};

async function findFile(folder: string): Promise<string | undefined> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  return files.find((name) => /^readme/i.test(name)) ?? files.toSorted().find((name) => !name.startsWith('.'));
}

/** Only below the project, also where a link points elsewhere. */
async function readBeginning(folder: string, path: string): Promise<string> {
  const [root, real] = await Promise.all([realpath(folder), realpath(path)]);
  if (!real.startsWith(join(root, sep))) throw new Error('it lies outside the project');
  await using file = await open(real);
  const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(MAX_BYTES) });
  const bytes = buffer.subarray(0, bytesRead);
  return bytes.includes(0) ? `(${bytesRead} bytes that are no text)` : bytes.toString('utf8');
}
