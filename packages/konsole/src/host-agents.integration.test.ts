import { readFileSync, statSync } from 'node:fs';
import { AgentSettings, CommandId, newId } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { findMarkedProcesses } from './runner/agent/marked-processes.ts';
import { KonsoleProcess } from './testing/konsole-process.ts';
import { by, startKonsole } from './testing/konsole-with-session.ts';

const SECRET = 'sk-very-secret';
const signedOut = { env: { KONUI_DEMO_SIGN_IN: '1' } };

describe("an agent's settings", () => {
  it('[AGT1] say which keys are set and never their values', async () => {
    const { konsole, paths } = await startKonsole();
    const change = { environment: { ANTHROPIC_API_KEY: SECRET, MY_PROXY: 'p' }, defaults: { modeId: 'plan' } };
    const changed = await konsole.patch('/providers/claude/settings', change);
    expect(changed.status).toBe(200);
    const told = AgentSettings.parse((await konsole.get('/providers/claude/settings')).json);
    expect(changed.json).toEqual(told);
    expect(told.keys.find(({ name }) => name === 'ANTHROPIC_API_KEY')).toMatchObject({
      isSet: true,
      source: 'settings',
      label: 'Anthropic API key',
    });
    expect(told.environment).toEqual([{ name: 'MY_PROXY', isSet: true, source: 'settings' }]);
    expect(told.defaults).toEqual({ modeId: 'plan' });
    expect(changed.text).not.toContain(SECRET);
    expect(konsole.stderr).not.toContain(SECRET);
    expect(statSync(paths.agentSettings).mode & 0o777).toBe(0o600);
    await konsole.patch('/providers/claude/settings', { environment: { ANTHROPIC_API_KEY: null } });
    const after = AgentSettings.parse((await konsole.get('/providers/claude/settings')).json);
    expect(after.keys.find(({ name }) => name === 'ANTHROPIC_API_KEY')?.source).not.toBe('settings');
    expect(after.defaults).toEqual({ modeId: 'plan' });
  });

  it.each([
    ['claude', { environment: { KONUI_MARKER: 'x' } }, 'INVALID_MESSAGE'],
    ['claude', { environment: { 'A=B': 'x' } }, 'INVALID_MESSAGE'],
    ['claude', { environment: { A: 'x\0y' } }, 'INVALID_MESSAGE'],
    ['nobody', {}, 'UNSUPPORTED_PROVIDER'],
  ])('[AGT1] refuse for %s: %j', async (provider, change, code) => {
    const { konsole } = await startKonsole();
    const answer = await konsole.patch(`/providers/${provider}/settings`, change);
    expect(answer.json).toMatchObject({ error: { code } });
  });

  it('[AGT2] reach agents that start afterwards, and no event', async () => {
    const { konsole, prompt, stream, files } = await startKonsole();
    await konsole.patch('/providers/demo/settings', { environment: { DEMO_GREETING: SECRET } });
    const reader = await stream();
    await prompt('/run test "$DEMO_GREETING" = sk-very-secret');
    const asked = JSON.parse((await reader.untilKind('permission_request')).data);
    const answer = { commandId: newId(CommandId), by, requestId: asked.requestId, allow: true };
    await konsole.post(`/sessions/${asked.sessionId}/permission`, answer);
    await reader.untilKind('complete');
    const words = reader.lines.map((line) => JSON.parse(line)?.content?.text ?? '').join('');
    expect(words).toContain('exit code 0');
    expect(readFileSync(files.runnerLog, 'utf8')).not.toContain(SECRET);
  });
});

describe('an agent that is not signed in', () => {
  it('[AGT3] says what to do, and goes on when that is done', async () => {
    const { konsole, prompt, stream, session } = await startKonsole(undefined, signedOut);
    const providerOf = async () =>
      Object(
        Object((await konsole.get('/providers')).json).providers.find(
          (each: { provider: string }) => each.provider === 'demo',
        ),
      );
    expect(await providerOf()).toMatchObject({ signIn: 'unknown' });
    const reader = await stream();
    const methods = [{ id: 'demo-account', name: 'Demo account', description: 'Signs in at once.' }];
    await konsole.post(`/sessions/${session.sessionId}/prepare`, { commandId: newId(CommandId), by });
    const rejected = JSON.parse((await reader.untilKind('command_rejected')).data);
    expect(rejected).toMatchObject({ code: 'AGENT_AUTH_REQUIRED', signIn: { methods } });
    await prompt('/think');
    const error = JSON.parse((await reader.untilKind('error')).data);
    expect(error).toMatchObject({ code: 'AGENT_AUTH_REQUIRED', signIn: { methods } });
    expect(await providerOf()).toMatchObject({ signIn: 'needed' });
    expect((await konsole.get('/providers/demo/settings')).json).toMatchObject({ signIn: { methods } });

    const wrong = await konsole.post('/providers/demo/authenticate', { methodId: 'nope' });
    expect(wrong.json).toMatchObject({ error: { code: 'NOT_FOUND' } });
    const done = await konsole.post('/providers/demo/authenticate', { methodId: 'demo-account' });
    expect(done.json).toEqual({ ok: true });
    expect(await providerOf()).toMatchObject({ signIn: 'done' });
    await konsole.post(`/sessions/${session.sessionId}/prepare`, { commandId: newId(CommandId), by });
    await reader.untilKind('agent_ready');
  });
});

describe('warm agents', () => {
  it('[OPT8] beyond the cap end, the one that was used least recently first', async () => {
    const { konsole, session, stream, paths } = await startKonsole(undefined, { env: { KONUI_MAX_WARM_AGENTS: '1' } });
    const create = async () => {
      const made = await konsole.post('/sessions', { provider: 'demo', projectPath: paths.home });
      return String(Object(made.json).sessionId);
    };
    const other = await create();
    const prepare = (sessionId: string) =>
      konsole.post(`/sessions/${sessionId}/prepare`, { commandId: newId(CommandId), by });
    const first = await stream();
    await prepare(session.sessionId);
    await first.untilKind('agent_ready');
    const second = await konsole.stream(`/sessions/${other}/stream`);
    await prepare(other);
    await second.untilKind('agent_ready');
    while (findMarkedProcesses(session.sessionId).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(findMarkedProcesses(other)).not.toEqual([]);
    // It starts again when it is wanted.
    await konsole.post(`/sessions/${session.sessionId}/prompt`, { commandId: newId(CommandId), by, content: '/think' });
    await first.untilKind('complete');
  });

  it('[OPT8] with a run are never ended', async () => {
    const { konsole, stream, prompt, paths } = await startKonsole(undefined, { env: { KONUI_MAX_WARM_AGENTS: '1' } });
    const made = await konsole.post('/sessions', { provider: 'demo', projectPath: paths.home });
    const other = String(Object(made.json).sessionId);
    const first = await stream();
    await prompt('/stream 60');
    await first.untilKind('agent_message_chunk');
    const second = await konsole.stream(`/sessions/${other}/stream`);
    await konsole.post(`/sessions/${other}/prepare`, { commandId: newId(CommandId), by });
    await second.untilKind('agent_ready');
    const complete = JSON.parse((await first.untilKind('complete')).data);
    expect(complete).toMatchObject({ success: true });
  });
});

it('[OPT1] [CMD1] a prepare that was accepted before the host died is answered by the next one', async () => {
  const { konsole, session, paths } = await startKonsole();
  const commandId = newId(CommandId);
  await konsole.post(`/sessions/${session.sessionId}/prepare`, { commandId, by });
  await konsole.end('SIGKILL');
  const next = await new KonsoleProcess(paths).start();
  const reader = await next.stream(`/sessions/${session.sessionId}/stream`);
  await reader.until(({ data }) => data.includes(commandId) && data.includes('agent_ready'));
  const again = await next.post(`/sessions/${session.sessionId}/prepare`, { commandId, by });
  expect(again.json).toMatchObject({ known: true });
  expect(reader.lines.filter((line) => line.includes(commandId))).toHaveLength(1);
});
