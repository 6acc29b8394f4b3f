import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { methods, type ContentBlock } from '@agentclientprotocol/sdk';
import { rejectOnce, stampsIn, startAcpAgent, textOf, type AcpAgent, type PermissionAnswer } from '@konui/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, 'main.ts');
const folders: string[] = [];
const agents: AcpAgent[] = [];
let project: string;

beforeEach(async () => {
  project = await makeFolder('project');
  await writeFile(join(project, 'README.md'), '# A project\n\nIts first line.\n');
});

afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.close()));
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

async function makeFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `konui-demo-${name}-`));
  folders.push(folder);
  return folder;
}

async function start(options: { answer?: PermissionAnswer; stateFolder?: string } = {}): Promise<AcpAgent> {
  const env = { PATH: process.env['PATH'] ?? '', ...(options.stateFolder ? { KONUI_AGENT_STATE: options.stateFolder } : {}) };
  const launch = { command: process.execPath, args: [MAIN], env };
  const agent = await startAcpAgent(launch, { cwd: project, ...(options.answer ? { answer: options.answer } : {}) });
  agents.push(agent);
  return agent;
}

const kindsOf = (agent: AcpAgent): Set<string> => new Set(agent.updates.map((update) => update.sessionUpdate));
const statusesOf = (agent: AcpAgent): unknown[] =>
  agent.updates.filter((update) => update.sessionUpdate.startsWith('tool_call')).map((update) => update['status']);


describe('the demo agent', () => {
  it('answers a free text with a tour that says it is a demo and uses everything', async () => {
    const agent = await start();
    const session = await agent.newSession(project);
    const { stopReason } = await agent.prompt(session, 'Hello, who are you?');
    expect(stopReason).toBe('end_turn');
    expect(agent.text()).toContain("I am Konui's demo agent: **no model behind me**");
    expect([...kindsOf(agent)]).toEqual(
      expect.arrayContaining([
        'available_commands_update',
        'session_info_update',
        'agent_message_chunk',
        'agent_thought_chunk',
        'plan',
        'tool_call',
        'tool_call_update',
      ]),
    );
    expect(agent.permissions.map((request) => request.toolCall.kind)).toEqual(['edit', 'execute']);
    expect(agent.text()).not.toContain('undefined');
  });
});
