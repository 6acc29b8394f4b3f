import { existsSync } from 'node:fs';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { rejectOnce, type PermissionAnswer } from '@konui/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DemoInTest, ofKind, statusesOf } from '../../testing/demo-in-test.ts';

let demo: DemoInTest;

beforeAll(async () => {
  demo = await DemoInTest.open();
});

afterAll(() => demo.close());

describe('the demo agent in a conversation', () => {
  it('answers a free text with a tour that says it is a demo and uses everything', async () => {
    const { agent, session } = await demo.session();
    const { stopReason } = await agent.prompt(session, 'Hello, who are you?');
    expect(stopReason).toBe('end_turn');
    expect(agent.text()).toContain("I am Konui's demo agent: **no model behind me**");
    expect(agent.text('agent_thought_chunk')).toContain('A model would weigh');
    expect(ofKind(agent, 'plan')).toHaveLength(5);
    expect(agent.permissions.map((request) => request.toolCall.kind)).toEqual(['edit', 'execute']);
    expect(new Set(ofKind(agent, 'tool_call').map((call) => call['kind']))).toEqual(
      new Set(['read', 'edit', 'execute']),
    );
    expect(ofKind(agent, 'usage_update')).toMatchObject([{ size: 200_000, cost: { currency: 'USD' } }]);
  });

  it('announces its slash commands and lists those for testing apart', async () => {
    const { agent, session } = await demo.session();
    await agent.until(() => ofKind(agent, 'available_commands_update').length === 1);
    expect(JSON.stringify(ofKind(agent, 'available_commands_update')[0])).toContain('"name":"run"');
    await agent.prompt(session, '/help');
    expect(agent.text().replaceAll('\n', ' ')).toMatch(/`\/run <command>`.*For testing the console:.*`\/crash`/);
  });

  it('streams Markdown word by word, as many words as asked', async () => {
    const { agent, session } = await demo.session();
    await agent.prompt(session, '/stream 20');
    expect(agent.text().split(/\s+/)).toHaveLength(20);
    expect(ofKind(agent, 'agent_message_chunk')).toHaveLength(20);
    expect(new Set(ofKind(agent, 'agent_message_chunk').map((chunk) => chunk['messageId'])).size).toBe(1);
  });

  it('keeps the line breaks of a document that it streams', async () => {
    const { agent, session } = await demo.session();
    await agent.prompt(session, '/stream');
    expect(agent.text()).toMatch(
      /^## Streaming\n\nWords[^]*\n\| gateway \| talks to your browser \|\n\n```js\n[^]*```\n$/,
    );
  });

  it('works through a plan', async () => {
    const { agent, session } = await demo.session();
    await agent.prompt(session, 'Please make a plan');
    const plans = ofKind(agent, 'plan').map((update) => JSON.stringify(update));
    expect(plans[0]).toContain('in_progress');
    expect(plans.at(-1)).not.toMatch(/in_progress|pending/);
  });

  it('reads a real file of the project', async () => {
    const { agent, session } = await demo.session();
    await agent.prompt(session, '/read');
    expect(JSON.stringify(agent.updates)).toContain('Its first line.');
    expect(statusesOf(agent)).toEqual(['in_progress', 'completed']);
  });

  it('reads nothing outside the project, also not through a link', async () => {
    const { agent, session, project } = await demo.session();
    await symlink('/etc/passwd', join(project, 'link'));
    await agent.prompt(session, '/read link');
    await agent.prompt(session, '/read ../../etc/passwd');
    expect(statusesOf(agent)).toEqual(['in_progress', 'failed', 'in_progress', 'failed']);
    expect(JSON.stringify(agent.updates)).not.toContain('root:');
  });

  it('says how many bytes an image has', async () => {
    const { agent, session } = await demo.session();
    const image = { type: 'image', mimeType: 'image/png', data: Buffer.alloc(1234).toString('base64') } as const;
    await agent.prompt(session, [{ type: 'text', text: '/stream 1' }, image]);
    expect(agent.text()).toContain('I got an image (image/png) of 1234 bytes.');
  });

  it('refuses a relative project folder and an unknown session', async () => {
    const { agent } = await demo.session();
    await expect(agent.newSession('relative')).rejects.toMatchObject({ code: -32602 });
    await expect(agent.prompt(crypto.randomUUID(), 'hello')).rejects.toMatchObject({ code: -32002 });
  });
});

describe('the demo agent and permissions', () => {
  it('edits its own file after asking, and shows the diff', async () => {
    const { agent, session, project } = await demo.session();
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
    const { agent, session, project } = await demo.sessionAlone(rejectOnce);
    const { stopReason } = await agent.prompt(session, '/edit');
    expect(stopReason).toBe('end_turn');
    expect(existsSync(join(project, 'konui-demo.md'))).toBe(false);
    expect(statusesOf(agent)).toEqual(['pending', 'failed']);
  });

  it('asks only once what is allowed for the session', async () => {
    const always: PermissionAnswer = () => ({ outcome: { outcome: 'selected', optionId: 'always' } });
    const { agent, session } = await demo.sessionAlone(always);
    await agent.prompt(session, '/edit');
    await agent.prompt(session, '/edit');
    expect(agent.permissions).toHaveLength(1);
  });

  it('does not write through a link', async () => {
    const { agent, session, project } = await demo.session();
    await symlink(join(project, 'README.md'), join(project, 'konui-demo.md'));
    await expect(agent.prompt(session, '/edit')).rejects.toThrow(/no regular file/);
    expect(await readFile(join(project, 'README.md'), 'utf8')).not.toContain('demo');
  });

  it('runs a command after asking, and shows its output', async () => {
    const { agent, session } = await demo.session();
    await agent.prompt(session, '/run echo out; echo err >&2; exit 4');
    const last = ofKind(agent, 'tool_call_update').at(-1);
    expect(last).toMatchObject({ status: 'failed', content: [{ type: 'content', content: { type: 'text' } }] });
    expect(JSON.stringify(last)).toMatch(/out\\n.*err|err\\n.*out/);
    expect(agent.text()).toContain('exit code 4');
  });

  it('does not run a command that was rejected', async () => {
    const { agent, session, project } = await demo.sessionAlone(rejectOnce);
    await agent.prompt(session, '/run touch made');
    expect(await readdir(project)).toEqual(['README.md']);
  });
});
