import { methods, type RequestPermissionResponse } from '@agentclientprotocol/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DemoInTest, isAlive, ofKind, statusesOf } from '../../testing/demo-in-test.ts';

let demo: DemoInTest;

beforeAll(async () => {
  demo = await DemoInTest.open();
});

afterAll(() => demo.close());

describe('the demo agent and stopping', () => {
  it('stops in mid-stream', async () => {
    const { agent, session } = await demo.session();
    const turn = agent.prompt(session, '/stream 100000');
    await agent.until(() => agent.text().includes('word3'));
    await agent.cancel(session);
    expect((await turn).stopReason).toBe('cancelled');
  });

  it('kills the command that it runs, and closes the tool call', async () => {
    const { agent, session } = await demo.session();
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
    const { agent, session } = await demo.sessionAlone(() => promise);
    const turn = agent.prompt(session, '/edit');
    await agent.until(() => agent.permissions.length === 1);
    await agent.cancel(session);
    expect((await turn).stopReason).toBe('cancelled');
    resolve({ outcome: { outcome: 'cancelled' } });
    expect((await agent.prompt(session, '/stream 1')).stopReason).toBe('end_turn');
  });

  it('lets a second prompt wait for the first', async () => {
    const { agent, session } = await demo.session();
    const both = await Promise.all([agent.prompt(session, '/stream 5'), agent.prompt(session, '/flood 2')]);
    expect(both.map((response) => response.stopReason)).toEqual(['end_turn', 'end_turn']);
    expect(agent.text()).toBe('word1 word2 word3 word4 word5w1 w2 ');
  });

  it('ends its command when the client goes away', async () => {
    const { agent, session } = await demo.sessionAlone();
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
    const { agent: first, session, project } = await demo.sessionAlone();
    await first.prompt(session, '/stream 3');
    await first.close();
    const agent = await demo.start();
    await agent.context.request(methods.agent.session.load, { sessionId: session, cwd: project, mcpServers: [] });
    expect(agent.text('user_message_chunk')).toBe('/stream 3');
    expect(agent.text()).toBe('word1 word2 word3');
    expect((await agent.prompt(session, '/stream 1')).stopReason).toBe('end_turn');
  });

  it('resumes without a replay', async () => {
    const { agent: first, session, project } = await demo.sessionAlone();
    await first.prompt(session, '/stream 3');
    await first.close();
    const agent = await demo.start();
    await agent.context.request(methods.agent.session.resume, { sessionId: session, cwd: project });
    expect(agent.text()).toBe('');
    expect((await agent.prompt(session, '/stream 1')).stopReason).toBe('end_turn');
  });

  it('does not know a session that nobody saved', async () => {
    const { agent, project } = await demo.session();
    const request = { sessionId: crypto.randomUUID(), cwd: project, mcpServers: [] };
    await expect(agent.context.request(methods.agent.session.load, request)).rejects.toMatchObject({ code: -32002 });
  });
});
