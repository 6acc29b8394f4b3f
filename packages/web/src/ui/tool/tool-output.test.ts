import { describe, expect, it } from 'vitest';
import { toolOutputs } from './tool-output.ts';

const nothing = { content: [], output: [], rawOutput: undefined };
const said = (text: string) =>
  ({ ...nothing, content: [{ type: 'content', content: { type: 'text', text } }] }) as const;
const stored = { attachment: 'a', byteLength: 9, preview: 'p' };

describe('toolOutputs', () => {
  it('takes a fence away and its word for the language', () => {
    expect(toolOutputs(said('```console\na\nb\n```\n'))).toEqual([{ type: 'terminal', text: 'a\nb' }]);
    expect(toolOutputs(said('```ts\nconst a = 1;\n```'))).toEqual([
      { type: 'code', text: 'const a = 1;', language: 'typescript' },
    ]);
    expect(toolOutputs(said('a ```b``` c'))).toEqual([{ type: 'terminal', text: 'a ```b``` c' }]);
    expect(toolOutputs(said('```\na\n```\nmore'))).toMatchObject([{ type: 'terminal' }]);
    expect(toolOutputs(said('  \n'))).toEqual([]);
  });

  it('keeps the order of what a terminal printed and what lies elsewhere', () => {
    expect(toolOutputs({ ...nothing, output: ['one', stored, 'two'] })).toEqual([
      { type: 'terminal', text: 'one' },
      { type: 'stored', stored },
      { type: 'terminal', text: 'two' },
    ]);
  });

  it.each([
    ['printed', { type: 'terminal', text: 'printed' }],
    [
      { stdout: 'out', exitCode: 0 },
      { type: 'terminal', text: 'out' },
    ],
    [{ output: stored }, { type: 'stored', stored }],
    [{ hits: 2 }, { type: 'code', text: '{\n  "hits": 2\n}', language: 'json' }],
  ])('reads the raw output %j where nothing else says it', (rawOutput, expected) => {
    expect(toolOutputs({ ...nothing, rawOutput })).toEqual([expected]);
    expect(toolOutputs({ ...nothing, rawOutput, output: ['x'] })).toEqual([{ type: 'terminal', text: 'x' }]);
  });

  it('says nothing where there is nothing, or a diff says it', () => {
    expect(toolOutputs(nothing)).toEqual([]);
    expect(toolOutputs({ ...nothing, rawOutput: {} })).toEqual([]);
    const diff = { type: 'diff', path: 'a', oldText: null, newText: 'b' } as const;
    expect(toolOutputs({ ...nothing, content: [diff], rawOutput: 'done' })).toEqual([]);
  });
});
