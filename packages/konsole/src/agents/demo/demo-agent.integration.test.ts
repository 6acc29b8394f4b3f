import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { methods, type RequestPermissionResponse } from '@agentclientprotocol/sdk';
import {
  allowOnce,
  monotonicUs,
  rejectOnce,
  stampsIn,
  startAcpAgent,
  type AcpAgent,
  type ObservedUpdate,
  type PermissionAnswer,
} from '@konui/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, 'main.ts');
const plainEnv = { PATH: process.env['PATH'] ?? '' };
let project: string;
let stateFolder: string;
let shared: AcpAgent;
const agents: AcpAgent[] = [];

beforeAll(async () => {
  shared = await startAcpAgent({ command: process.execPath, args: [MAIN], env: plainEnv }, { cwd: tmpdir() });
});

afterAll(() => shared.close());

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'konui-demo-project-'));
  stateFolder = await mkdtemp(join(tmpdir(), 'konui-demo-state-'));
  await writeFile(join(project, 'README.md'), '# A project\n\nIts first line.\n');
});

afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.close()));
  await Promise.all([project, stateFolder].map((folder) => rm(folder, { recursive: true })));
});

async function start(answer: PermissionAnswer = allowOnce): Promise<AcpAgent> {
  const env = { ...plainEnv, KONUI_AGENT_STATE: stateFolder };
  const agent = await startAcpAgent({ command: process.execPath, args: [MAIN], env }, { cwd: project, answer });
  agents.push(agent);
  return agent;
}

/** A new session; the process is shared with other tests where none of them ends it or answers in its own way. */
async function startWithSession(answer?: PermissionAnswer): Promise<{ agent: AcpAgent; session: string }> {
  if (answer) {
    const agent = await start(answer);
    return { agent, session: await agent.newSession(project) };
  }
  shared.forget();
  return { agent: shared, session: await shared.newSession(project) };
}

async function startAlone(): Promise<{ agent: AcpAgent; session: string }> {
  const agent = await start();
  return { agent, session: await agent.newSession(project) };
}

const ofKind = (agent: AcpAgent, kind: string): ObservedUpdate[] =>
  agent.updates.filter((update) => update.sessionUpdate === kind);

const statusesOf = (agent: AcpAgent): unknown[] =>
  agent.updates.filter((update) => update.sessionUpdate.startsWith('tool_call')).map((update) => update['status']);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process whose parent has died and that nobody has asked about yet (proc_pid_stat(5)).
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe('the demo agent in a conversation', () => {
  it('answers a free text with a tour that says it is a demo and uses everything', async () => {
    const { agent, session } = await startWithSession();
    const { stopReason } = await agent.prompt(session, 'Hello, who are you?');
    expect(stopReason).toBe('end_turn');
    expect(agent.text()).toContain("I am Konui's demo agent: **no model behind me**");
    expect(agent.text('agent_thought_chunk')).toContain('A model would weigh');
    expect(ofKind(agent, 'plan')).toHaveLength(5);
    expect(agent.permissions.map((request) => request.toolCall.kind)).toEqual(['edit', 'execute']);
    expect(new Set(ofKind(agent, 'tool_call').map((call) => call['kind']))).toEqual(new Set(['read', 'edit', 'execute']));
    expect(ofKind(agent, 'usage_update')).toEqual([]);
  });

  it('announces its slash commands and lists those for testing apart', async () => {
    const { agent, session } = await startWithSession();
    await agent.until(() => ofKind(agent, 'available_commands_update').length === 1);
    expect(JSON.stringify(ofKind(agent, 'available_commands_update')[0])).toContain('"name":"run"');
    await agent.prompt(session, '/help');
    expect(agent.text().replaceAll('\n', ' ')).toMatch(/`\/run <command>`.*For testing the console:.*`\/crash`/);
  });

  it('streams Markdown word by word, as many words as asked', async () => {
    const { agent, session } = await startWithSession();
    await agent.prompt(session, '/stream 20');
    expect(agent.text().split(/\s+/)).toHaveLength(20);
    expect(ofKind(agent, 'agent_message_chunk')).toHaveLength(20);
    expect(new Set(ofKind(agent, 'agent_message_chunk').map((chunk) => chunk['messageId'])).size).toBe(1);
  });

  it('keeps the line breaks of a document that it streams', async () => {
    const { agent, session } = await startWithSession();
    await agent.prompt(session, '/stream');
    expect(agent.text()).toMatch(/^## Streaming\n\nWords[^]*\n\| gateway \| talks to your browser \|\n\n```js\n[^]*```\n$/);
  });

  it('works through a plan', async () => {
    const { agent, session } = await startWithSession();
    await agent.prompt(session, 'Please make a plan');
    const plans = ofKind(agent, 'plan').map((update) => JSON.stringify(update));
    expect(plans[0]).toContain('in_progress');
    expect(plans.at(-1)).not.toMatch(/in_progress|pending/);
  });

  it('reads a real file of the project', async () => {
    const { agent, session } = await startWithSession();
    await agent.prompt(session, '/read');
    expect(JSON.stringify(agent.updates)).toContain('Its first line.');
    expect(statusesOf(agent)).toEqual(['in_progress', 'completed']);
  });

  it('reads nothing outside the project, also not through a link', async () => {
    const { agent, session } = await startWithSession();
    await symlink('/etc/passwd', join(project, 'link'));
    await agent.prompt(session, '/read link');
    await agent.prompt(session, '/read ../../etc/passwd');
    expect(statusesOf(agent)).toEqual(['in_progress', 'failed', 'in_progress', 'failed']);
    expect(JSON.stringify(agent.updates)).not.toContain('root:');
  });

  it('says how many bytes an image has', async () => {
    const { agent, session } = await startWithSession();
    const image = { type: 'image', mimeType: 'image/png', data: Buffer.alloc(1234).toString('base64') } as const;
    await agent.prompt(session, [{ type: 'text', text: '/stream 1' }, image]);
    expect(agent.text()).toContain('I got an image (image/png) of 1234 bytes.');
  });

  it('refuses a relative project folder and an unknown session', async () => {
    const { agent } = await startWithSession();
    await expect(agent.newSession('relative')).rejects.toMatchObject({ code: -32602 });
    await expect(agent.prompt(crypto.randomUUID(), 'hello')).rejects.toMatchObject({ code: -32002 });
  });
});

describe('the demo agent and permissions', () => {
  it('edits its own file after asking, and shows the diff', async () => {
    const { agent, session } = await startWithSession();
    await agent.prompt(session, '/edit');
    await agent.prompt(session, '/edit');
    const path = join(project, 'konui-demo.md');
    const text = await readFile(path, 'utf8');
    expect(text).toBe('# Written by the Konui demo agent\n\n- Edit number 1.\n- Edit number 2.\n');
    const oldText = text.replace('- Edit number 2.\n', '');
    expect(agent.permissions[1]?.toolCall.content).toEqual([{ type: 'diff', path, oldText, newText: text }]);
    expect(statusesOf(agent).slice(-3)).toEqual(['pending', 'in_progress', 'completed']);
  });

  it('leaves the file alone when the edit is rejected', async () => {
    const { agent, session } = await startWithSession(rejectOnce);
    const { stopReason } = await agent.prompt(session, '/edit');
    expect(stopReason).toBe('end_turn');
    expect(existsSync(join(project, 'konui-demo.md'))).toBe(false);
    expect(statusesOf(agent)).toEqual(['pending', 'failed']);
  });

  it('asks only once what is allowed for the session', async () => {
    const always: PermissionAnswer = () => ({ outcome: { outcome: 'selected', optionId: 'always' } });
    const { agent, session } = await startWithSession(always);
    await agent.prompt(session, '/edit');
    await agent.prompt(session, '/edit');
    expect(agent.permissions).toHaveLength(1);
  });

  it('does not write through a link', async () => {
    const { agent, session } = await startWithSession();
    await symlink(join(project, 'README.md'), join(project, 'konui-demo.md'));
    await expect(agent.prompt(session, '/edit')).rejects.toThrow(/no regular file/);
    expect(await readFile(join(project, 'README.md'), 'utf8')).not.toContain('demo');
  });

  it('runs a command after asking, and shows its output', async () => {
    const { agent, session } = await startWithSession();
    await agent.prompt(session, '/run echo out; echo err >&2; exit 4');
    const last = ofKind(agent, 'tool_call_update').at(-1);
    expect(last).toMatchObject({ status: 'failed', content: [{ type: 'content', content: { type: 'text' } }] });
    expect(JSON.stringify(last)).toMatch(/out\\n.*err|err\\n.*out/);
    expect(agent.text()).toContain('exit code 4');
  });

  it('does not run a command that was rejected', async () => {
    const { agent, session } = await startWithSession(rejectOnce);
    await agent.prompt(session, '/run touch made');
    expect(await readdir(project)).toEqual(['README.md']);
  });
});

describe('the demo agent and stopping', () => {
  it('stops in mid-stream', async () => {
    const { agent, session } = await startWithSession();
    const turn = agent.prompt(session, '/stream 100000');
    await agent.until(() => agent.text().includes('word3'));
    await agent.cancel(session);
    expect((await turn).stopReason).toBe('cancelled');
  });

  it('kills the command that it runs, and closes the tool call', async () => {
    const { agent, session } = await startWithSession();
    const turn = agent.prompt(session, '/run echo "pid=$$."; sleep 600 & wait');
    const output = (): string => JSON.stringify(ofKind(agent, 'tool_call_update'));
    await agent.until(() => /pid=\d+\./.test(output()));
    const pid = Number(/pid=(\d+)\./.exec(output())?.[1]);
    await agent.cancel(session);
    expect((await turn).stopReason).toBe('cancelled');
    expect(statusesOf(agent).at(-1)).toBe('failed');
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it('stops while it waits for a permission', async () => {
    const { promise, resolve } = Promise.withResolvers<RequestPermissionResponse>();
    const { agent, session } = await startWithSession(() => promise);
    const turn = agent.prompt(session, '/edit');
    await agent.until(() => agent.permissions.length === 1);
    await agent.cancel(session);
    expect((await turn).stopReason).toBe('cancelled');
    resolve({ outcome: { outcome: 'cancelled' } });
    expect((await agent.prompt(session, '/stream 1')).stopReason).toBe('end_turn');
  });

  it('lets a second prompt wait for the first', async () => {
    const { agent, session } = await startWithSession();
    const both = await Promise.all([agent.prompt(session, '/stream 5'), agent.prompt(session, '/flood 2')]);
    expect(both.map((response) => response.stopReason)).toEqual(['end_turn', 'end_turn']);
    expect(agent.text()).toBe('word1 word2 word3 word4 word5w1 w2 ');
  });

  it('ends its command when the client goes away', async () => {
    const { agent, session } = await startAlone();
    const turn = agent.prompt(session, '/run echo "pid=$$."; exec sleep 600').catch(() => undefined);
    const output = (): string => JSON.stringify(ofKind(agent, 'tool_call_update'));
    await agent.until(() => /pid=\d+\./.test(output()));
    process.kill(agent.pid, 'SIGTERM');
    expect(await agent.exited).toBe(0);
    await turn;
    const pid = Number(/pid=(\d+)\./.exec(output())?.[1]);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});

describe('the demo agent after a restart', () => {
  it('replays the conversation on load and goes on', async () => {
    const { agent: first, session } = await startAlone();
    await first.prompt(session, '/stream 3');
    await first.close();
    const agent = await start();
    await agent.context.request(methods.agent.session.load, { sessionId: session, cwd: project, mcpServers: [] });
    expect(agent.text('user_message_chunk')).toBe('/stream 3');
    expect(agent.text()).toBe('word1 word2 word3');
    expect((await agent.prompt(session, '/stream 1')).stopReason).toBe('end_turn');
  });

  it('resumes without a replay', async () => {
    const { agent: first, session } = await startAlone();
    await first.prompt(session, '/stream 3');
    await first.close();
    const agent = await start();
    await agent.context.request(methods.agent.session.resume, { sessionId: session, cwd: project });
    expect(agent.text()).toBe('');
    expect((await agent.prompt(session, '/stream 1')).stopReason).toBe('end_turn');
  });

  it('does not know a session that nobody saved', async () => {
    const agent = await start();
    const request = { sessionId: crypto.randomUUID(), cwd: project, mcpServers: [] };
    await expect(agent.context.request(methods.agent.session.load, request)).rejects.toMatchObject({ code: -32002 });
  });
});

describe('the demo agent misbehaving on demand', () => {
  it('crashes with code 3', async () => {
    const { agent, session } = await startAlone();
    await expect(agent.prompt(session, '/crash')).rejects.toThrow();
    expect(await agent.exited).toBe(3);
  });

  it('prints a line that is no JSON, and goes on', async () => {
    const { agent, session } = await startWithSession();
    expect((await agent.prompt(session, '/garbage')).stopReason).toBe('end_turn');
  });

  it('sends an update of an unknown kind', async () => {
    const { agent, session } = await startWithSession();
    await agent.prompt(session, '/unknown');
    expect(ofKind(agent, 'konui_demo_unknown')).toEqual([
      { sessionUpdate: 'konui_demo_unknown', detail: { answer: 42 } },
    ]);
  });

  it('hangs and ignores a stop', async () => {
    const { agent, session } = await startAlone();
    const outcomes: string[] = [];
    const hanging = agent.prompt(session, '/hang').then(
      () => outcomes.push('answered'),
      () => outcomes.push('closed'),
    );
    await agent.until(() => agent.text().includes('hanging'));
    await agent.cancel(session);
    // It still works on other sessions, so that this one had the time to answer.
    const other = await agent.newSession(project);
    await agent.prompt(other, '/stream 3');
    expect(outcomes).toEqual([]);
    await agent.close();
    await hanging;
    expect(outcomes).toEqual(['closed']);
  });

  it('sends a chunk after its answer to a stop', async () => {
    const { agent, session } = await startWithSession();
    const turn = agent.prompt(session, '/late');
    await agent.until(() => agent.text().includes('tick1'));
    await agent.cancel(session);
    expect((await turn).stopReason).toBe('cancelled');
    expect(agent.text()).not.toContain('(late)');
    await agent.until(() => agent.text().includes('(late)'));
  });

  it('answers with an error', async () => {
    const { agent, session } = await startWithSession();
    await expect(agent.prompt(session, '/fail no luck')).rejects.toMatchObject({ code: -32603, message: 'no luck' });
  });

  it('reports a limit as Codex and Claude Code do', async () => {
    const { agent, session } = await startWithSession();
    const response = await agent.prompt(session, '/limit');
    expect(response).toMatchObject({
      stopReason: 'end_turn',
      _meta: { jetbrains: { air: { sessionFailure: { category: 'limit', severity: 'error' } } } },
    });
  });

  it('leaves a process in a session of its own behind, and works until stopped', async () => {
    const { agent, session } = await startWithSession();
    const turn = agent.prompt(session, '/spawn');
    await agent.until(() => agent.text().includes('tick2'));
    const pid = Number(/started process (\d+)/.exec(agent.text())?.[1]);
    await agent.cancel(session);
    await turn;
    expect(isAlive(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });

  it('floods', async () => {
    const { agent, session } = await startWithSession();
    await agent.prompt(session, '/flood 3000');
    expect(agent.text().trim().split(' ')).toHaveLength(3000);
  });

  it('sends stamped chunks at a rate', async () => {
    const { agent, session } = await startWithSession();
    const before = monotonicUs();
    await agent.prompt(session, '/every 2 10');
    const stamps = stampsIn(agent.text());
    expect(stamps).toHaveLength(10);
    expect(stamps).toEqual(stamps.toSorted((one, other) => one - other));
    expect(stamps[0]).toBeGreaterThan(before);
    expect(stamps.at(-1)).toBeLessThan(monotonicUs());
  });

  it('shows an output of the size that was asked for', async () => {
    const { agent, session } = await startWithSession();
    await agent.prompt(session, '/big 300');
    expect(JSON.stringify(ofKind(agent, 'tool_call')).length).toBeGreaterThan(300 * 1024);
  });
});
