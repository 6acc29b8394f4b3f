import { writeFileSync } from 'node:fs';
import type { HomePaths } from '@konui/protocol';

/** Name of the provider that `addScriptedAgent` configures. */
export const SCRIPTED = 'scripted';

/**
 * Puts an agent into agents.json that answers every request; a prompt by running `act`, a JavaScript statement that may
 * use `text`, `update(fields)`, `ask(method, params)` and `answer(result)`.
 */
export function addScriptedAgent(paths: HomePaths, act: string): void {
  const program = `
    const waiting = new Map();
    const write = (value) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...value }) + '\\n');
    const update = (fields) => write({ method: 'session/update', params: { sessionId: 's', update: fields } });
    const say = (text) => update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } });
    const ask = (method, params) => new Promise((resolve) => {
      const id = 'ask-' + (waiting.size + 1);
      waiting.set(id, resolve);
      write({ id, method, params: { sessionId: 's', ...params } });
    });
    require('node:readline').createInterface({ input: process.stdin }).on('line', async (line) => {
      const { id, method, params, result } = JSON.parse(line);
      const answer = (result) => write({ id, result });
      if (method === undefined) waiting.get(id)?.(result);
      else if (method === 'initialize') answer({ protocolVersion: 1 });
      else if (method === 'session/new') answer({ sessionId: 's' });
      else if (method === 'session/prompt') {
        const text = params.prompt.map((block) => block.text ?? '').join('');
        ${act}
      }
    });`;
  const agents = { [SCRIPTED]: { command: process.execPath, args: ['-e', program] } };
  writeFileSync(paths.agentsFile, JSON.stringify({ agents }));
}
