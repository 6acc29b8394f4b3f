import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homePaths } from '@konui/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from './catalogue/catalogue.ts';
import { listProviders } from './list-providers.ts';
import type { Machine } from './machine.ts';
import { resolveAgent } from './resolve-agent.ts';

let home: string;
let bin: string;
let machine: Machine;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'konui-resolve-'));
  bin = join(home, 'bin');
  await mkdir(bin);
  const paths = homePaths(home, { uid: 0 });
  machine = { paths, env: { PATH: bin }, nodePath: process.execPath, demoPath: join(home, 'demo.js') };
});

afterEach(() => rm(home, { recursive: true }));

const writeAgentsFile = (agents: object): Promise<void> =>
  writeFile(machine.paths.agentsFile, JSON.stringify({ agents }));

async function putProgram(path: string): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, '#!/bin/sh\n');
  await chmod(path, 0o755);
  return path;
}

/** As if an earlier session had installed it. */
async function putInstalled(provider: string): Promise<string> {
  const install = catalogue.find((entry) => entry.provider === provider)?.install;
  if (!install) throw new Error(`${provider} cannot be installed`);
  const folder = join(machine.paths.agents, provider, install.version);
  return putProgram(join(folder, 'node_modules', install.packageName, install.entry));
}

describe('resolving an agent', () => {
  it('[G2] knows Claude Code, Codex, Gemini CLI, OpenCode and the demo', () => {
    expect(listProviders(machine).map(({ provider }) => provider)).toEqual([
      'claude',
      'codex',
      'gemini',
      'opencode',
      'demo',
    ]);
  });

  it('always has the demo, with a folder for its sessions', async () => {
    const agent = await resolveAgent('demo', machine);
    expect(agent).toMatchObject({ command: process.execPath, args: [machine.demoPath] });
    expect(agent.env).toEqual({ KONUI_AGENT_STATE: join(home, 'agents', 'demo', 'state') });
  });

  it('takes an agent of agents.json from the PATH', async () => {
    const command = await putProgram(join(bin, 'mine'));
    await writeAgentsFile({ mine: { name: 'Mine', command: 'mine', args: ['--acp'], env: { A: '1' } } });
    const agent = { provider: 'mine', name: 'Mine', command, args: ['--acp'], env: { A: '1' } };
    expect(await resolveAgent('mine', machine)).toEqual(agent);
  });

  it('starts relative commands of agents.json at its own folder', async () => {
    const command = await putProgram(join(home, 'tools', 'mine'));
    await writeAgentsFile({ mine: { command: './tools/mine' } });
    expect(await resolveAgent('mine', machine)).toMatchObject({ command, name: 'mine' });
  });

  it('lets agents.json stand in for the catalogue', async () => {
    const command = await putProgram(join(bin, 'my-codex'));
    await writeAgentsFile({ codex: { command: 'my-codex' } });
    expect(await resolveAgent('codex', machine)).toMatchObject({ command, name: 'Codex' });
  });

  it('runs a script on the PATH with its own Node', async () => {
    const script = await putProgram(join(home, 'lib', 'index.js'));
    await symlink(script, join(bin, 'claude-agent-acp'));
    expect(await resolveAgent('claude', machine)).toMatchObject({ command: process.execPath, args: [script] });
  });

  it('starts a program on the PATH itself', async () => {
    const command = await putProgram(join(bin, 'opencode'));
    expect(await resolveAgent('opencode', machine)).toMatchObject({ command, args: ['acp'] });
  });

  it('starts what it installed before', async () => {
    const gemini = await putInstalled('gemini');
    expect(await resolveAgent('gemini', machine)).toMatchObject({ command: process.execPath, args: [gemini, '--acp'] });
    const opencode = await putInstalled('opencode');
    expect(await resolveAgent('opencode', machine)).toMatchObject({ command: opencode, args: ['acp'] });
  });

  it('makes Codex ask the person, unless a person chose otherwise', async () => {
    await putInstalled('codex');
    const modeIn = async (env: Machine['env']): Promise<string | undefined> =>
      (await resolveAgent('codex', { ...machine, env })).env['INITIAL_AGENT_MODE'];
    expect(await modeIn({})).toBe('workspace-write');
    expect(await modeIn({ INITIAL_AGENT_MODE: 'read-only' })).toBeUndefined();
    await putProgram(join(bin, 'my-codex'));
    await writeAgentsFile({ codex: { command: 'my-codex', env: { INITIAL_AGENT_MODE: 'read-only' } } });
    expect(await modeIn({ PATH: bin })).toBe('read-only');
  });

  it('refuses a provider that nobody configured', async () => {
    const refused = { code: 'UNSUPPORTED_PROVIDER', message: expect.stringMatching(/"nope".*demo.*agents\.json/) };
    await expect(resolveAgent('nope', machine)).rejects.toMatchObject(refused);
  });

  it('says which command is missing and where it was named', async () => {
    await writeAgentsFile({ mine: { command: 'no-such-command' } });
    const missing = { code: 'AGENT_NOT_INSTALLED', message: expect.stringMatching(/"no-such-command".*agents\.json/) };
    await expect(resolveAgent('mine', machine)).rejects.toMatchObject(missing);
  });

  it('does not take a folder or a file that may not be executed for a command', async () => {
    await mkdir(join(bin, 'folder'));
    await writeFile(join(bin, 'text'), 'text');
    await writeAgentsFile({ folder: { command: 'folder' }, text: { command: join(bin, 'text') } });
    await expect(resolveAgent('folder', machine)).rejects.toMatchObject({ code: 'AGENT_NOT_INSTALLED' });
    await expect(resolveAgent('text', machine)).rejects.toMatchObject({ code: 'AGENT_NOT_INSTALLED' });
  });

  it('reports an installation that failed', async () => {
    await putProgram(join(bin, 'npm'));
    await writeFile(join(bin, 'npm'), '#!/bin/sh\necho "no space left" >&2; exit 7\n');
    const progress: string[] = [];
    const failed = { code: 'AGENT_INSTALL_FAILED', message: expect.stringMatching(/npm ended with 7: no space left/) };
    const onProgress = ({ state }: { state: string }): number => progress.push(state);
    await expect(resolveAgent('gemini', { ...machine, onProgress })).rejects.toMatchObject(failed);
    expect(progress).toEqual(['installing', 'failed']);
  });
});

describe('listing providers', () => {
  it('tells what is ready, what can be installed, and what is missing', async () => {
    await putProgram(join(bin, 'npm'));
    await putProgram(join(bin, 'gemini'));
    await writeAgentsFile({ mine: { command: 'no-such-command' }, opencode: { command: 'gemini' } });
    const providers = listProviders(machine).map(({ provider, source, status }) => [provider, source, status]);
    expect(providers).toEqual([
      ['claude', 'catalogue', 'installable'],
      ['codex', 'catalogue', 'installable'],
      ['gemini', 'catalogue', 'ready'],
      ['opencode', 'agents.json', 'ready'],
      ['demo', 'catalogue', 'ready'],
      ['mine', 'agents.json', 'missing'],
    ]);
  });

  it('offers no installation where there is no npm', () => {
    const [claude] = listProviders(machine);
    expect(claude).toMatchObject({ status: 'missing', hint: 'Install Claude Code and put it on the PATH.' });
  });

  it('marks the demo as one, and no stand-in for it', async () => {
    const isDemo = (): boolean[] => listProviders(machine).map((provider) => provider.isDemo);
    expect(isDemo()).toEqual([false, false, false, false, true]);
    await putProgram(join(bin, 'mine'));
    await writeAgentsFile({ demo: { command: 'mine' } });
    expect(isDemo()).toEqual([false, false, false, false, false]);
  });
});
