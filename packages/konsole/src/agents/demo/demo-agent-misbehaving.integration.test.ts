import { monotonicUs, stampsIn } from '@konui/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DemoInTest, isAlive, ofKind } from '../../testing/demo-in-test.ts';

let demo: DemoInTest;

beforeAll(async () => {
  demo = await DemoInTest.open();
});

afterAll(() => demo.close());

describe('the demo agent misbehaving on demand', () => {
  it('crashes with code 3', async () => {
    const { agent, session } = await demo.sessionAlone();
    await expect(agent.prompt(session, '/crash')).rejects.toThrow(/closed/i);
    expect(await agent.exited).toBe(3);
  });

  it('prints a line that is no JSON, and goes on', async () => {
    const { agent, session } = await demo.session();
    expect((await agent.prompt(session, '/garbage')).stopReason).toBe('end_turn');
  });

  it('sends an update of an unknown kind', async () => {
    const { agent, session } = await demo.session();
    await agent.prompt(session, '/unknown');
    expect(ofKind(agent, 'konui_demo_unknown')).toEqual([
      { sessionUpdate: 'konui_demo_unknown', detail: { answer: 42 } },
    ]);
  });

  it('hangs and ignores a stop', async () => {
    const { agent, session, project } = await demo.sessionAlone();
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
    const { agent, session } = await demo.session();
    const turn = agent.prompt(session, '/late');
    await agent.until(() => agent.text().includes('tick1'));
    await agent.cancel(session);
    expect((await turn).stopReason).toBe('cancelled');
    expect(agent.text()).not.toContain('(late)');
    await agent.until(() => agent.text().includes('(late)'));
  });

  it('answers with an error', async () => {
    const { agent, session } = await demo.session();
    await expect(agent.prompt(session, '/fail no luck')).rejects.toMatchObject({ code: -32603, message: 'no luck' });
  });

  it('reports a limit as Codex and Claude Code do', async () => {
    const { agent, session } = await demo.session();
    const response = await agent.prompt(session, '/limit');
    expect(response).toMatchObject({
      stopReason: 'end_turn',
      _meta: { jetbrains: { air: { sessionFailure: { category: 'limit', severity: 'error' } } } },
    });
  });

  it('leaves a process in a session of its own behind, and works until stopped', async () => {
    const { agent, session } = await demo.session();
    const turn = agent.prompt(session, '/spawn');
    await agent.until(() => agent.text().includes('tick2'));
    const pid = Number(/started process (\d+)/.exec(agent.text())?.[1]);
    await agent.cancel(session);
    await turn;
    expect(isAlive(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });

  it('floods', async () => {
    const { agent, session } = await demo.session();
    await agent.prompt(session, '/flood 3000');
    expect(agent.text().trim().split(' ')).toHaveLength(3000);
  });

  it('sends stamped chunks at a rate', async () => {
    const { agent, session } = await demo.session();
    const before = monotonicUs();
    await agent.prompt(session, '/every 2 10');
    const stamps = stampsIn(agent.text());
    expect(stamps).toHaveLength(10);
    expect(stamps).toEqual(stamps.toSorted((one, other) => one - other));
    expect(stamps[0]).toBeGreaterThan(before);
    expect(stamps.at(-1)).toBeLessThan(monotonicUs());
  });

  it('shows an output of the size that was asked for', async () => {
    const { agent, session } = await demo.session();
    await agent.prompt(session, '/big 300');
    expect(JSON.stringify(ofKind(agent, 'tool_call')).length).toBeGreaterThan(300 * 1024);
  });
});
