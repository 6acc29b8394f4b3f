import type { Readable, Writable } from 'node:stream';
import { splitLines } from '../split-lines.ts';

/** The least that gets updates out of an ACP agent: lines, cut and handed on. */
export interface BareAgent {
  newSession(cwd: string): Promise<string>;
  /** Resolves with the answer to the prompt. */
  prompt(sessionId: string, text: string): Promise<void>;
}

/** `onUpdate` gets every `session/update` line unparsed. */
export async function connectBareAgent(
  { stdin, stdout }: { stdin: Writable; stdout: Readable },
  onUpdate: (line: Buffer) => void,
): Promise<BareAgent> {
  const answers = new Map<number, (result: { sessionId?: string }) => void>();
  let lastId = 0;
  stdout.on(
    'data',
    splitLines((line) => {
      if (line.includes('"session/update"')) return onUpdate(line);
      const { id, result } = JSON.parse(line.toString('utf8')) as { id?: number; result?: { sessionId?: string } };
      if (id !== undefined) answers.get(id)?.(result ?? {});
    }),
  );
  const request = (method: string, params: object): Promise<{ sessionId?: string }> =>
    new Promise((resolve) => {
      const id = ++lastId;
      answers.set(id, resolve);
      stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    });
  await request('initialize', { protocolVersion: 1, clientCapabilities: {} });
  return {
    newSession: async (cwd) => (await request('session/new', { cwd, mcpServers: [] })).sessionId ?? '',
    async prompt(sessionId, text) {
      await request('session/prompt', { sessionId, prompt: [{ type: 'text', text }] });
    },
  };
}
