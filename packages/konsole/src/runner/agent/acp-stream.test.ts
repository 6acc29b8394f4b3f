import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAcpStream } from './acp-stream.ts';

async function readAll(chunks: readonly Buffer[]) {
  const stdout = new PassThrough();
  const updates: unknown[] = [];
  const messages: unknown[] = [];
  const garbage: string[] = [];
  const stream = createAcpStream({
    stdin: new PassThrough(),
    stdout,
    onUpdate: (_id, update) => updates.push(update),
    onMessage: (message) => messages.push(message),
    onSent: () => undefined,
    onGarbage: (line) => garbage.push(line),
  });
  for (const chunk of chunks) stdout.write(chunk);
  stdout.end();
  const passed: unknown[] = [];
  for await (const message of stream.readable) passed.push(message);
  return { updates, messages, garbage, passed };
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;
const update = (fields: object) => ({
  jsonrpc: '2.0',
  method: 'session/update',
  params: { sessionId: 's', update: fields },
});

describe('createAcpStream', () => {
  it('[EVT1] hands on updates of kinds that nobody knows, and keeps them from the SDK', async () => {
    const unknown = { sessionUpdate: 'something_new', field: [1, { a: 2 }] };
    const answer = { jsonrpc: '2.0', id: 1, result: { stopReason: 'end_turn', usage: { totalTokens: 3 } } };
    const { updates, messages, passed, garbage } = await readAll([Buffer.from(line(update(unknown)) + line(answer))]);
    expect(updates).toEqual([unknown]);
    expect(messages).toEqual([answer]);
    expect(passed).toEqual([answer]);
    expect(garbage).toEqual([]);
  });

  it('reports lines that are no JSON-RPC message and goes on', async () => {
    const answer = { jsonrpc: '2.0', id: 1, result: {} };
    const text = `Warning: something\n[1,2]\n\n{"a":1}\n${line(answer)}`;
    const { garbage, passed } = await readAll([Buffer.from(text)]);
    expect(garbage).toEqual(['Warning: something', '[1,2]', '{"a":1}']);
    expect(passed).toEqual([answer]);
  });

  it('reads the same messages however the bytes are split', async () => {
    const sent = ['ä€😀', 'b\nc', ''].map((text) => ({
      sessionUpdate: 'agent_message_chunk',
      content: { type: 'text', text },
    }));
    const bytes = Buffer.from(sent.map((fields) => line(update(fields))).join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
        const ends = [...cuts, bytes.length].sort((a, b) => a - b);
        const chunks = ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
        expect((await readAll(chunks)).updates).toEqual(sent);
      }),
      { numRuns: 50 },
    );
  });
});
