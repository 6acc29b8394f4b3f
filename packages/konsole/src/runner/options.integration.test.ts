import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionEvent } from '@konui/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findMarkedProcesses } from './agent/marked-processes.ts';
import { createRunnerFixture, type RunnerFixture } from './testing/runner-fixture.ts';

const CODE = { type: 'mode', modeId: 'code' };

let fixture: RunnerFixture;
beforeEach(() => {
  fixture = createRunnerFixture();
});
afterEach(() => fixture.close());

const quoting =
  (commandId: string) =>
  (event: SessionEvent): boolean =>
    event['commandId'] === commandId;
const is =
  (kind: string) =>
  (event: SessionEvent): boolean =>
    event.kind === kind;
const prepare = (): Promise<SessionEvent> => fixture.until(quoting(fixture.send({ type: 'prepare' })));
const configure = (option: object): Promise<SessionEvent> =>
  fixture.until(quoting(fixture.send({ type: 'configure', option })));
const untilComplete = async (promptId: string): Promise<SessionEvent> => {
  const started = await fixture.until((event) => event.kind === 'run_started' && event['promptId'] === promptId);
  return fixture.until((event) => event.kind === 'complete' && event['runId'] === started['runId']);
};
/** What the demo agent says is chosen. */
const askAgent = async (): Promise<unknown> => {
  const promptId = fixture.prompt('/options');
  const ended = await untilComplete(promptId);
  const started = fixture.events.find((event) => event['promptId'] === promptId && event.kind === 'run_started');
  const said = fixture.events.filter(
    ({ kind, seq }) => kind === 'agent_message_chunk' && seq > (started?.seq ?? 0) && seq < ended.seq,
  );
  return JSON.parse(said.map((event) => (event['content'] as { text: string }).text).join(''));
};

describe('an agent without a run', () => {
  it('[OPT1] [OPT2] is started by prepare, and its answer says what it offers', async () => {
    fixture.start();
    const ready = await prepare();
    expect(ready).toMatchObject({
      kind: 'agent_ready',
      name: 'Konui demo agent',
      version: '1.0.0',
      modes: { currentModeId: 'ask', availableModes: [{ id: 'ask' }, { id: 'code' }] },
      models: { currentModelId: 'brisk' },
      configOptions: [{ id: 'thinking' }, { id: 'tips', type: 'boolean' }],
      promptCapabilities: { image: true, embeddedContext: true },
    });
    await fixture.until(is('available_commands_update'));
    expect(fixture.state().run).toBeUndefined();
    expect(fixture.events.filter(is('run_started'))).toEqual([]);
    expect(findMarkedProcesses(fixture.sessionId)).not.toEqual([]);
  });

  it('[OPT1] answers a second prepare at once, with the same agent', async () => {
    fixture.start();
    await prepare();
    const before = findMarkedProcesses(fixture.sessionId);
    expect(await prepare()).toMatchObject({ kind: 'agent_ready' });
    expect(findMarkedProcesses(fixture.sessionId)).toEqual(before);
    expect(await untilComplete(fixture.prompt('/options'))).toMatchObject({ success: true });
    expect(findMarkedProcesses(fixture.sessionId)).toEqual(before);
  });

  it('[EVT7] is never shown by its own session id', async () => {
    fixture.start();
    await prepare();
    const log = JSON.stringify(fixture.readLog());
    const agent: unknown = JSON.parse(readFileSync(join(fixture.folder, 'agent.json'), 'utf8'));
    expect(log).not.toContain((agent as { agentSessionId: string }).agentSessionId);
  });

  it('[OPT7] leaves with its runner when nobody prompts it', async () => {
    fixture.start({ KONUI_IDLE_MS: '300' });
    await prepare();
    expect(await fixture.ended()).toBe(0);
    expect(findMarkedProcesses(fixture.sessionId)).toEqual([]);
  });

  it('[OPT7] ends with its runner that is killed, and the next runner starts another', async () => {
    fixture.start();
    await prepare();
    await fixture.killRunners();
    fixture.start();
    expect(await prepare()).toMatchObject({ kind: 'agent_ready' });
    expect(fixture.events.filter(is('complete'))).toEqual([]);
    expect(fixture.events.filter((event) => event['code'] === 'AGENT_CONTEXT_LOST')).toEqual([]);
  });

  it('[OPT7] leaves on SIGTERM', async () => {
    const runner = fixture.start();
    await prepare();
    runner.kill('SIGTERM');
    expect(await fixture.ended()).toBe(0);
    expect(findMarkedProcesses(fixture.sessionId)).toEqual([]);
  });

  it('[CMD6] is kept by a stop of the run that it is given', async () => {
    fixture.start();
    await prepare();
    const before = findMarkedProcesses(fixture.sessionId);
    const promptId = fixture.prompt('/stream 5000');
    await fixture.until(is('agent_message_chunk'));
    fixture.stop(fixture.state().run?.runId ?? '');
    expect(await untilComplete(promptId)).toMatchObject({ aborted: true });
    expect(findMarkedProcesses(fixture.sessionId)).toEqual(before);
  });

  it('[OPT1] says by command_rejected that it cannot be started', async () => {
    await fixture.close();
    fixture = createRunnerFixture({ command: '/bin/sh', args: ['-c', 'echo no luck >&2; exit 7'] });
    fixture.start();
    expect(await prepare()).toMatchObject({ kind: 'command_rejected', code: 'AGENT_START_FAILED' });
    expect(fixture.events.filter(is('agent_ready'))).toEqual([]);
  });

  it('[EVT9] says nothing again that the log says already', async () => {
    fixture.start();
    await prepare();
    await fixture.until(is('available_commands_update'));
    await fixture.killRunners();
    fixture.start();
    await prepare();
    await askAgent();
    expect(fixture.events.filter(is('available_commands_update'))).toHaveLength(1);
  });
});

describe('a choice', () => {
  it('[OPT3] of mode, model and options reaches the agent', async () => {
    fixture.start();
    const changed = await configure(CODE);
    expect(changed).toMatchObject({ kind: 'option_changed', option: CODE, by: { type: 'person' } });
    await configure({ type: 'model', modelId: 'calm' });
    await configure({ type: 'config', configId: 'tips', value: false });
    await configure({ type: 'config', configId: 'thinking', value: 'long' });
    expect(await askAgent()).toEqual({ modeId: 'code', modelId: 'calm', tips: false, thinking: 'long' });
    expect(fixture.state().options).toHaveLength(4);
    expect(fixture.events.findLast(is('config_option_update'))).toMatchObject({
      configOptions: [{ currentValue: 'long' }, { currentValue: false }],
    });
  });

  it.each([
    { type: 'mode', modeId: 'nope' },
    { type: 'model', modelId: 'nope' },
    { type: 'config', configId: 'nope', value: true },
    { type: 'config', configId: 'thinking', value: 'nope' },
    { type: 'config', configId: 'tips', value: 'true' },
  ])('[OPT3] that the agent does not offer is rejected: %o', async (option) => {
    fixture.start();
    expect(await configure(option)).toMatchObject({ kind: 'command_rejected', code: 'OPTION_NOT_FOUND' });
  });

  it('[CMD1] is made once for a command that was sent twice', async () => {
    fixture.start();
    const id = fixture.send({ type: 'configure', option: CODE });
    fixture.send({ type: 'configure', option: CODE }, id);
    await askAgent();
    expect(fixture.events.filter(quoting(id))).toHaveLength(1);
  });

  it('[OPT4] that was made before a prompt is the agent’s before it reads the prompt', async () => {
    fixture.send({ type: 'configure', option: CODE });
    fixture.start();
    expect(await askAgent()).toMatchObject({ modeId: 'code' });
  });

  it('[OPT4] can be made while a run goes', async () => {
    fixture.start();
    const promptId = fixture.prompt('/stream 5000');
    await fixture.until(is('agent_message_chunk'));
    expect(await configure(CODE)).toMatchObject({ kind: 'option_changed' });
    expect(fixture.state().run).toBeDefined();
    fixture.stop(fixture.state().run?.runId ?? '');
    await untilComplete(promptId);
    expect(await askAgent()).toMatchObject({ modeId: 'code' });
  });

  it('[OPT5] is given again to an agent that was started again', async () => {
    fixture.start();
    await configure(CODE);
    await configure({ type: 'config', configId: 'tips', value: false });
    await untilComplete(fixture.prompt('/crash'));
    expect(await askAgent()).toMatchObject({ modeId: 'code', tips: false });
    await fixture.killRunners();
    fixture.start();
    expect(await askAgent()).toMatchObject({ modeId: 'code', tips: false });
    expect(fixture.events.findLast(is('agent_ready'))).toMatchObject({ modes: { currentModeId: 'code' } });
    expect(fixture.events.filter(is('option_changed'))).toHaveLength(2);
  });

  it('[OPT5] that the agent itself changed later is not given again', async () => {
    fixture.start();
    await configure(CODE);
    await untilComplete(fixture.prompt('/mode ask'));
    await untilComplete(fixture.prompt('/crash'));
    expect(await askAgent()).toMatchObject({ modeId: 'ask' });
  });

  it('[CMD1] [OPT3] is answered by the next runner where the runner was killed before it', async () => {
    const id = fixture.send({ type: 'configure', option: CODE });
    fixture.start();
    await fixture.until(is('status'));
    await fixture.killRunners();
    fixture.start();
    expect(await fixture.until(quoting(id))).toMatchObject({ kind: 'option_changed' });
    expect(await askAgent()).toMatchObject({ modeId: 'code' });
    expect(fixture.events.filter(quoting(id))).toHaveLength(1);
  });

  it('[OPT6] of the settings is what a new session begins with', async () => {
    const settings = { agents: { demo: { defaults: { modeId: 'code', modelId: 'gone', config: { tips: false } } } } };
    writeFileSync(join(fixture.home, 'agent-settings.json'), JSON.stringify(settings));
    fixture.start();
    await configure({ type: 'config', configId: 'tips', value: true });
    expect(await askAgent()).toMatchObject({ modeId: 'code', modelId: 'brisk', tips: true });
    expect(fixture.events.find(is('option_changed'))).toMatchObject({ option: CODE, by: { type: 'system' } });
    writeFileSync(join(fixture.home, 'agent-settings.json'), JSON.stringify({ agents: {} }));
    await untilComplete(fixture.prompt('/crash'));
    expect(await askAgent()).toMatchObject({ modeId: 'code' });
  });
});
