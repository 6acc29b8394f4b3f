import { afterEach, describe, expect, it } from 'vitest';
import type { SessionEvent } from '@konui/protocol';
import { findMarkedProcesses } from './agent/marked-processes.ts';
import { type AgentEntry, createRunnerFixture, type RunnerFixture } from './testing/runner-fixture.ts';

const fixtures: RunnerFixture[] = [];

function open(agent?: AgentEntry): RunnerFixture {
  const fixture = createRunnerFixture(agent);
  fixtures.push(fixture);
  return fixture;
}

const is =
  (kind: string) =>
  (event: SessionEvent): boolean =>
    event.kind === kind;
const countOf = (fixture: RunnerFixture, kind: string): number => fixture.events.filter(is(kind)).length;
/** Follows a prompt from its event to the `complete` of its run. */
async function untilComplete(fixture: RunnerFixture, promptId: string): Promise<SessionEvent> {
  const { runId } = (await fixture.until(
    (event) => event.kind === 'run_started' && event['promptId'] === promptId,
  )) as unknown as { runId: string };
  return fixture.until((event) => event.kind === 'complete' && event['runId'] === runId);
}

afterEach(async () => {
  for (const fixture of fixtures.splice(0)) await fixture.close();
});

describe('a run', () => {
  it('[EVT3] is a prompt, run_started, what the agent says, and one complete', async () => {
    const fixture = open();
    fixture.start();
    const promptId = fixture.prompt('/stream 20');
    const complete = await untilComplete(fixture, promptId);
    expect(complete).toMatchObject({
      stopReason: 'end_turn',
      success: true,
      aborted: false,
      exitCode: 0,
      actualSessionId: fixture.sessionId,
    });
    expect(fixture.events.map(({ seq }) => seq)).toEqual(fixture.events.map((_, index) => index + 1));
    expect(fixture.events.slice(0, 3).map(({ kind }) => kind)).toEqual(['log_opened', 'prompt', 'run_started']);
    expect(fixture.events[1]).toMatchObject({
      commandId: promptId,
      promptId,
      content: [{ type: 'text', text: '/stream 20' }],
    });
    expect(fixture.text().length).toBeGreaterThan(20);
    expect(countOf(fixture, 'complete')).toBe(1);
  });

  it('[CMD1] does a command that was sent twice once', async () => {
    const fixture = open();
    const promptId = fixture.prompt('/stream 3');
    fixture.start();
    await untilComplete(fixture, promptId);
    fixture.prompt('/stream 3', promptId);
    await untilComplete(fixture, fixture.prompt('/stream 4'));
    expect(countOf(fixture, 'run_started')).toBe(2);
    expect(fixture.events.filter((event) => event['commandId'] === promptId)).toHaveLength(1);
  });

  it('[CMD3] [CMD5] queues prompts that come while a run is going, and does identical ones as often as they were sent', async () => {
    const fixture = open();
    fixture.start();
    const ids = [fixture.prompt('/stream 30'), fixture.prompt('/stream 2'), fixture.prompt('/stream 2')];
    for (const id of ids) await untilComplete(fixture, id);
    expect(fixture.events.filter(is('prompt')).map((event) => event['promptId'])).toEqual(ids);
    expect(fixture.events.filter(is('prompt_queued')).map((event) => event['promptId'])).toEqual(ids.slice(1));
    expect(countOf(fixture, 'complete')).toBe(3);
    expect(fixture.state().queue).toEqual([]);
  });
});

describe('a permission', () => {
  it('[CMD7] is asked in the log, answered once, and the first answer wins', async () => {
    const fixture = open();
    fixture.start();
    const promptId = fixture.prompt('/run echo konui-was-here');
    const request = await fixture.until(is('permission_request'));
    expect(fixture.state().pendingPermissions).toHaveLength(1);
    const first = fixture.answer(String(request['requestId']), { allow: true });
    const second = fixture.answer(String(request['requestId']), { allow: false });
    const resolved = await fixture.until(is('permission_resolved'));
    expect(resolved).toMatchObject({ commandId: first, optionKind: 'allow_once', by: { type: 'person' } });
    expect(await fixture.until(is('command_rejected'))).toMatchObject({
      commandId: second,
      code: 'PERMISSION_NOT_FOUND',
    });
    await untilComplete(fixture, promptId);
    expect(JSON.stringify(fixture.events.filter((event) => event.kind.startsWith('tool_call')))).toContain(
      'konui-was-here',
    );
  });

  it('[CMD7] rejects an option that the agent did not offer and goes on waiting', async () => {
    const fixture = open();
    fixture.start();
    const promptId = fixture.prompt('/run echo never');
    const request = await fixture.until(is('permission_request'));
    fixture.answer(String(request['requestId']), { optionId: 'no such option' });
    expect(await fixture.until(is('command_rejected'))).toMatchObject({ code: 'OPTION_NOT_FOUND' });
    fixture.answer(String(request['requestId']), { allow: false });
    await untilComplete(fixture, promptId);
    expect(fixture.events.find(is('permission_resolved'))).toMatchObject({ optionKind: 'reject_once' });
  });
});

describe('a stop', () => {
  it('[CMD6] ends a run in mid-stream and keeps the agent for the next prompt', async () => {
    const fixture = open();
    fixture.start();
    const promptId = fixture.prompt('/every 10 1000');
    await fixture.until(is('agent_message_chunk'));
    const runId = fixture.state().run?.runId ?? '';
    const commandId = fixture.stop(runId);
    expect(await fixture.until((event) => event['state'] === 'stopping')).toMatchObject({ commandId, runId });
    expect(await untilComplete(fixture, promptId)).toMatchObject({
      aborted: true,
      success: false,
      stopReason: 'cancelled',
    });
    const agents = findMarkedProcesses(fixture.sessionId);
    expect(agents).toHaveLength(1);
    await untilComplete(fixture, fixture.prompt('/stream 2'));
    expect(findMarkedProcesses(fixture.sessionId)).toEqual(agents);
  });

  it('[CMD6] ends what the run started in a session of its own', async () => {
    const fixture = open();
    fixture.start();
    const promptId = fixture.prompt('/spawn');
    await fixture.until(is('agent_message_chunk'));
    while (findMarkedProcesses(fixture.sessionId).length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    fixture.stop(fixture.state().run?.runId ?? '');
    await untilComplete(fixture, promptId);
    expect(findMarkedProcesses(fixture.sessionId)).toHaveLength(1);
  });

  it('[CMD6] ends an agent that does not answer the cancel', async () => {
    const fixture = open();
    fixture.start();
    const promptId = fixture.prompt('/hang');
    await fixture.until(is('run_started'));
    await fixture.until(is('available_commands_update'));
    fixture.stop(fixture.state().run?.runId ?? '');
    expect(await untilComplete(fixture, promptId)).toMatchObject({ aborted: true });
    expect(findMarkedProcesses(fixture.sessionId)).toEqual([]);
    expect(await untilComplete(fixture, fixture.prompt('/stream 2'))).toMatchObject({ success: true });
  });

  it('[EVT6] closes the open permission, and a stop for a run that has ended is rejected', async () => {
    const fixture = open();
    fixture.start();
    const promptId = fixture.prompt('/run sleep 1000');
    await fixture.until(is('permission_request'));
    const runId = fixture.state().run?.runId ?? '';
    fixture.stop(runId);
    const complete = await untilComplete(fixture, promptId);
    const resolved = fixture.events.find(is('permission_resolved'));
    expect(resolved).toMatchObject({ by: { type: 'system', reason: 'stopped' } });
    expect(resolved?.seq).toBeLessThan(complete.seq);
    fixture.stop(runId);
    expect(await fixture.until(is('command_rejected'))).toMatchObject({ code: 'NO_ACTIVE_RUN' });
    expect(countOf(fixture, 'complete')).toBe(1);
  });

  it('[EVT8] keeps what the agent says after its answer to the cancel', async () => {
    const fixture = open();
    fixture.start();
    const promptId = fixture.prompt('/late');
    await fixture.until(is('agent_message_chunk'));
    const before = countOf(fixture, 'agent_message_chunk');
    fixture.stop(fixture.state().run?.runId ?? '');
    await untilComplete(fixture, promptId);
    await fixture.until(
      (event) => event.kind === 'agent_message_chunk' && fixture.events.filter(is(event.kind)).indexOf(event) >= before,
    );
  });
});

describe('an honest end', () => {
  it('[EVT5] says that the agent exited, with its code, and starts it again for the next prompt', async () => {
    const fixture = open();
    fixture.start();
    const complete = await untilComplete(fixture, fixture.prompt('/crash'));
    expect(complete).toMatchObject({ stopReason: 'agent_exited', success: false, exitCode: 3 });
    expect(fixture.events.find(is('error'))).toMatchObject({ code: 'AGENT_EXITED' });
    expect(await untilComplete(fixture, fixture.prompt('/stream 2'))).toMatchObject({ success: true });
  });

  it('[EVT5] gives the words of an agent that fails, and of one whose limit is reached', async () => {
    const fixture = open();
    fixture.start();
    expect(await untilComplete(fixture, fixture.prompt('/fail the model said no'))).toMatchObject({
      success: false,
      stopReason: 'error',
    });
    expect(fixture.events.find(is('error'))?.['message']).toContain('the model said no');
    expect(await untilComplete(fixture, fixture.prompt('/limit'))).toMatchObject({
      success: false,
      stopReason: 'error',
    });
    expect(countOf(fixture, 'limit_reached')).toBe(1);
    expect(fixture.events.filter(is('error')).at(-1)).toMatchObject({ code: 'LIMIT_REACHED' });
  });

  it('[EVT1] survives a line that is no JSON and hands on an update of an unknown kind', async () => {
    const fixture = open();
    fixture.start();
    expect(await untilComplete(fixture, fixture.prompt('/garbage'))).toMatchObject({ success: true });
    const kinds = new Set(fixture.events.map(({ kind }) => kind));
    expect(await untilComplete(fixture, fixture.prompt('/unknown'))).toMatchObject({ success: true });
    expect(fixture.events.filter(({ kind }) => !kinds.has(kind)).map(({ kind }) => kind)).not.toEqual([]);
  });

  it('says which command is missing, and that an agent exited before it was ready', async () => {
    const missing = open({ command: 'konui-no-such-agent' });
    missing.start();
    expect(await untilComplete(missing, missing.prompt('hello'))).toMatchObject({
      success: false,
      stopReason: 'error',
    });
    expect(missing.events.find(is('error'))).toMatchObject({ code: 'AGENT_NOT_INSTALLED' });
    expect(String(missing.events.find(is('error'))?.['message'])).toContain('konui-no-such-agent');

    const exits = open({ command: process.execPath, args: ['-e', 'console.error("no licence"); process.exit(9)'] });
    exits.start();
    await untilComplete(exits, exits.prompt('hello'));
    expect(exits.events.find(is('error'))).toMatchObject({ code: 'AGENT_START_FAILED' });
    expect(String(exits.events.find(is('error'))?.['message'])).toContain('no licence');
  });
});

describe("the runner's death", () => {
  it('[EVT3] [CMD4] ends its agent; the next runner closes the run as interrupted and gives no prompt twice', async () => {
    const fixture = open();
    const runner = fixture.start();
    const promptId = fixture.prompt('/every 5 100000');
    await fixture.until(is('agent_message_chunk'));
    runner.kill('SIGKILL');
    await fixture.ended();
    while (findMarkedProcesses(fixture.sessionId).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    fixture.start();
    expect(await untilComplete(fixture, promptId)).toMatchObject({
      stopReason: 'interrupted',
      success: false,
      aborted: false,
    });
    expect(fixture.events.find(is('error'))).toMatchObject({ code: 'RUN_INTERRUPTED' });
    expect(await untilComplete(fixture, fixture.prompt('/stream 2'))).toMatchObject({ success: true });
    expect(
      fixture.events.filter((event) => event.kind === 'run_started' && event['promptId'] === promptId),
    ).toHaveLength(1);
    expect(fixture.events.map(({ seq }) => seq)).toEqual(fixture.events.map((_, index) => index + 1));
  });

  it('lets a second runner of the same session leave without a word', async () => {
    const fixture = open();
    fixture.start();
    await untilComplete(fixture, fixture.prompt('/stream 2'));
    fixture.start();
    expect(await fixture.ended()).toBe(0);
  });

  it('stops, completes and leaves on SIGTERM', async () => {
    const fixture = open();
    const runner = fixture.start();
    const promptId = fixture.prompt('/every 10 100000');
    await fixture.until(is('agent_message_chunk'));
    runner.kill('SIGTERM');
    expect(await fixture.ended()).toBe(0);
    expect(await untilComplete(fixture, promptId)).toMatchObject({ aborted: true });
    expect(findMarkedProcesses(fixture.sessionId)).toEqual([]);
  });

  it('leaves when it is idle, with its agent', async () => {
    const fixture = open();
    fixture.start({ KONUI_IDLE_MS: '200' });
    await untilComplete(fixture, fixture.prompt('/stream 2'));
    expect(await fixture.ended()).toBe(0);
    expect(findMarkedProcesses(fixture.sessionId)).toEqual([]);
  });
});
