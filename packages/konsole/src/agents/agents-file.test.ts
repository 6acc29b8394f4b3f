import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KonuiError } from '@konui/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAgentsFile } from './agents-file.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'konui-agents-file-'));
  path = join(folder, 'agents.json');
});

afterEach(() => rm(folder, { recursive: true }));

const failureOf = async (text: string): Promise<KonuiError> => {
  await writeFile(path, text);
  try {
    readAgentsFile(path);
  } catch (error) {
    if (error instanceof KonuiError) return error;
    throw error;
  }
  throw new Error('the file was accepted');
};

describe('agents.json', () => {
  it('may be missing', () => {
    expect(readAgentsFile(path).size).toBe(0);
  });

  it('may be empty of agents', async () => {
    await writeFile(path, '{}');
    expect(readAgentsFile(path).size).toBe(0);
  });

  it('gives each agent its command, arguments and environment', async () => {
    await writeFile(
      path,
      JSON.stringify({ agents: { 'my-agent_2': { name: 'Mine', command: 'mine', env: { A: '1' } } } }),
    );
    const entry = { name: 'Mine', command: 'mine', args: [], env: { A: '1' } };
    expect([...readAgentsFile(path)]).toEqual([['my-agent_2', entry]]);
  });

  it.each([
    ['a mistake in the JSON', '{"agents": {', 'it is no JSON'],
    ['a list', '[]', 'expected object'],
    ['an agent without a command', '{"agents": {"x": {}}}', 'at agents.x.command'],
    ['an empty command', '{"agents": {"x": {"command": ""}}}', 'at agents.x.command'],
    ['an argument that is no text', '{"agents": {"x": {"command": "x", "args": ["a", 1]}}}', 'at agents.x.args.1'],
    ['a variable that is no text', '{"agents": {"x": {"command": "x", "env": {"A": 1}}}}', 'at agents.x.env.A'],
    ['a misspelt field', '{"agents": {"x": {"command": "x", "arg": []}}}', '"arg"'],
    ['a misspelt section', '{"agent": {}}', '"agent"'],
    ['a name in capitals', '{"agents": {"My Agent": {"command": "x"}}}', 'at agents.My Agent: the name must be'],
  ])('refuses %s and says where it is', async (_what, text, where) => {
    const error = await failureOf(text);
    expect(error.code).toBe('AGENTS_FILE_INVALID');
    expect(error.message).toContain(where);
    expect(error.message).toMatch(new RegExp(`^${path} is not usable: .* Correct or remove the file`));
    expect(error.message).not.toContain('\n');
  });

  it('refuses what cannot be read', () => {
    expect(() => readAgentsFile(folder)).toThrow(/it cannot be read/);
  });

  it('puts no value of the environment into an error', async () => {
    const error = await failureOf('{"agents": {"x": {"env": {"KEY": "secret-value"}}}}');
    expect(error.message).not.toContain('secret-value');
  });
});
