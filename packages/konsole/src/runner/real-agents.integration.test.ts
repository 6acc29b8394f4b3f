import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRealAgent, type FakeModel, isPresent, makeTestHome, startFakeModel, type TestHome } from '@konui/testing';
import type { SessionEvent } from '@konui/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findMarkedProcesses, signalProcesses } from './agent/marked-processes.ts';
import { createRunnerFixture, type RunnerFixture } from './testing/runner-fixture.ts';

/** A red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==',
  'base64',
);
/** Not `sleep`, which Claude Code refuses in its shell tool. */
const LONG_COMMAND = 'node -e \\"setTimeout(()=>{},300000)\\"';

const is =
  (kind: string) =>
  (event: SessionEvent): boolean =>
    event.kind === kind;

describe.each(['codex', 'claude'] as const)('%s', (name) => {
  const agent = findRealAgent(name);
  const isHere = isPresent(agent);

  describe.runIf(isHere)('behind a runner', () => {
    let model: FakeModel;
    let home: TestHome;
    let fixture: RunnerFixture;

    beforeAll(async () => {
      model = await startFakeModel();
    });
    afterAll(() => model.close());
    beforeEach(async () => {
      home = await makeTestHome();
      if (agent.available) fixture = createRunnerFixture(agent.launch(model.url, home.path));
      fixture.start();
    });
    afterEach(async () => {
      await fixture.close();
      await home.remove();
    });

    const untilComplete = async (promptId: string): Promise<SessionEvent> => {
      const started = await fixture.until((event) => event.kind === 'run_started' && event['promptId'] === promptId);
      return fixture.until((event) => event.kind === 'complete' && event['runId'] === started['runId']);
    };
    const run = (text: string): Promise<SessionEvent> => untilComplete(fixture.prompt(text));
    const toolText = (): string => JSON.stringify(fixture.events.filter(({ kind }) => kind.startsWith('tool_call')));
    const answerAll = (allow: boolean): Promise<unknown> =>
      fixture.until((event) => {
        if (event.kind === 'permission_request') fixture.answer(String(event['requestId']), { allow });
        return event.kind === 'complete';
      });

    it('streams text, thinks, and sees an image', async () => {
      expect(await run('Say it [[hello]]')).toMatchObject({ success: true, stopReason: 'end_turn' });
      expect(fixture.text()).toContain('Hello from the fake model.');
      await run('Think [[think]]');
      const thoughts = fixture.events
        .filter(is('agent_thought_chunk'))
        .map((event) => JSON.stringify(event['content']));
      expect(thoughts.join('')).toContain('carefully.');
      const attachment = fixture.putAttachment(PNG);
      const image = { type: 'image', mimeType: 'image/png', attachment, byteLength: PNG.length } as never;
      await untilComplete(fixture.prompt([{ type: 'text', text: 'What is it? [[image]]' }, image]));
      expect(fixture.text()).toContain('I see 1 image(s).');
    });

    it('[KON9] begins and answers although the server of its tools does not start', async () => {
      mkdirSync(join(fixture.home, 'bin'));
      writeFileSync(join(fixture.home, 'bin', 'konui'), '#!/bin/sh\nexit 3\n', { mode: 0o700 });
      expect(await run('[[hello]]')).toMatchObject({ success: true });
      expect(fixture.text()).toContain('Hello from the fake model.');
    });

    it('[OPT2] [OPT3] [OPT5] says what it offers, takes a mode, and takes it again after its death', async () => {
      const quoting = (id: string) => (event: SessionEvent) => event['commandId'] === id;
      const ready = await fixture.until(quoting(fixture.send({ type: 'prepare' })));
      expect(ready).toMatchObject({ kind: 'agent_ready', promptCapabilities: { image: true, embeddedContext: true } });
      const { modes, configOptions } = ready as unknown as {
        modes: { currentModeId: string; availableModes: { id: string }[] };
        configOptions: { id: string; category?: string; currentValue: unknown; options: { value: string }[] }[];
      };
      // Both offer their models as an option, Codex also as ACP's unstable `models`.
      const models = configOptions.find(({ category }) => category === 'model');
      expect(models?.options.length).toBeGreaterThan(1);
      await fixture.until(is('available_commands_update'));
      const modeId = { codex: 'read-only', claude: 'plan' }[name];
      expect(modes.currentModeId).not.toBe(modeId);
      const option = { type: 'mode', modeId };
      expect(await fixture.until(quoting(fixture.send({ type: 'configure', option })))).toMatchObject({ option });
      const other = models?.options.find(({ value }) => value !== models.currentValue)?.value ?? '';
      const model = { type: 'config', configId: models?.id, value: other };
      expect(await fixture.until(quoting(fixture.send({ type: 'configure', option: model })))).toMatchObject({
        kind: 'option_changed',
      });
      expect(await run('[[hello]]')).toMatchObject({ success: true });
      await fixture.killRunners();
      fixture.start();
      const again = await fixture.until(quoting(fixture.send({ type: 'prepare' })));
      expect(again).toMatchObject({ kind: 'agent_ready', modes: { currentModeId: modeId } });
      expect(JSON.stringify(again['configOptions'])).toContain(`"currentValue":${JSON.stringify(other)}`);
    });

    it('[ATT4] reads a text that came with the prompt, and is told where other files lie', async () => {
      const file = (name: string, bytes: Buffer, mimeType: string) => ({
        type: 'file',
        name,
        mimeType,
        attachment: fixture.putAttachment(bytes),
        byteLength: bytes.length,
      });
      const content = [
        { type: 'text', text: '[[hello]]' },
        file('notes.txt', Buffer.from('the magic word is xyzzy'), 'text/plain'),
        file('data.bin', Buffer.from([0, 1, 2, 3]), 'application/octet-stream'),
      ];
      expect(await untilComplete(fixture.prompt(content as never))).toMatchObject({ success: true });
      const asked = model.requests.map((request) => JSON.stringify(request)).find((text) => text.includes('xyzzy'));
      expect(asked?.includes('data.bin')).toBe(true);
    });

    it('[EVT2] hands on model deltas one by one', async () => {
      await run('[[stream {"count":100,"everyMs":20}]]');
      const chunks = fixture.events.filter(is('agent_message_chunk')).length;
      // A loaded machine delays two deltas into one burst now and then.
      expect(chunks).toBeGreaterThan(75);
      expect(fixture.text().match(/w\d+@/g)).toHaveLength(100);
    });

    it('edits a file and shows the diff', async () => {
      const path = join(fixture.project, 'e.txt');
      writeFileSync(path, 'one\ntwo\nthree\n');
      const answered = answerAll(true);
      expect(await run(`[[edit {"path":${JSON.stringify(path)}}]]`)).toMatchObject({ success: true });
      await answered;
      expect(readFileSync(path, 'utf8')).toBe('one\nTWO\nthree\n');
      expect(toolText()).toContain('"type":"diff"');
      expect(toolText()).toContain('TWO');
    });

    it('runs a command that is allowed and shows its output', async () => {
      const answered = answerAll(true);
      // Not a command that Claude Code takes for harmless: those it does not ask about.
      expect(await run('[[shell {"command":"mkdir made && ls -d made"}]]')).toMatchObject({ success: true });
      await answered;
      expect(existsSync(join(fixture.project, 'made'))).toBe(true);
      expect(fixture.events.filter(is('permission_resolved'))).toHaveLength(1);
      expect(toolText()).toContain('made');
    });

    it('does not run a command that is rejected', async () => {
      const answered = answerAll(false);
      await run('[[shell {"command":"mkdir made && ls -d made"}]]');
      await answered;
      expect(existsSync(join(fixture.project, 'made'))).toBe(false);
      expect(fixture.events.find(is('permission_resolved'))).toMatchObject({ optionKind: 'reject_once' });
      expect(fixture.state().openToolCalls.size).toBe(0);
    });

    it('shows its plan', async () => {
      await run('[[todo]]');
      const plans = fixture.events.filter(is('plan'));
      expect(plans.at(-1)?.['entries']).toMatchObject([{ status: 'completed' }, { status: 'in_progress' }]);
    });

    it('[CMD6] stops in mid-stream and answers the next prompt', async () => {
      const promptId = fixture.prompt('[[slow {"everyMs":20,"count":5000}]]');
      await fixture.until(is('agent_message_chunk'));
      fixture.stop(fixture.state().run?.runId ?? '');
      expect(await untilComplete(promptId)).toMatchObject({ aborted: true, stopReason: 'cancelled', success: false });
      expect(fixture.events.filter(is('complete'))).toHaveLength(1);
      expect(await run('[[hello]]')).toMatchObject({ success: true });
    });

    it('[CMD6] stops in mid-command: the command itself is gone too', async () => {
      const promptId = fixture.prompt(`[[shell {"command":"${LONG_COMMAND}"}]]`);
      const request = await fixture.until(is('permission_request'));
      const before = findMarkedProcesses(fixture.sessionId).map(({ pid }) => pid);
      fixture.answer(String(request['requestId']), { allow: true });
      const commands = (): number[] =>
        findMarkedProcesses(fixture.sessionId)
          .map(({ pid }) => pid)
          .filter((pid) => !before.includes(pid) && isCommand(pid));
      while (commands().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      fixture.stop(fixture.state().run?.runId ?? '');
      expect(await untilComplete(promptId)).toMatchObject({ aborted: true });
      expect(commands()).toEqual([]);
      expect(fixture.state().openToolCalls.size).toBe(0);
      expect(await run('[[hello]]')).toMatchObject({ success: true });
    });

    it('[EVT5] says that the agent was killed in mid-run, and starts it again', async () => {
      const promptId = fixture.prompt('[[slow {"everyMs":20,"count":5000}]]');
      await fixture.until(is('agent_message_chunk'));
      signalProcesses(findMarkedProcesses(fixture.sessionId), 'SIGKILL');
      expect(await untilComplete(promptId)).toMatchObject({
        stopReason: 'agent_exited',
        success: false,
        aborted: false,
      });
      expect(fixture.events.find(is('error'))).toMatchObject({ code: 'AGENT_EXITED' });
      expect(await run('[[hello]]')).toMatchObject({ success: true });
    });

    it('[EVT4] [EVT5] does not take a used-up quota for success', async () => {
      expect(await run('[[error {"kind":"quota"}]]')).toMatchObject({
        success: false,
        aborted: false,
        stopReason: 'error',
      });
      expect(fixture.events.filter(is('limit_reached'))).toHaveLength(1);
      expect(fixture.events.find(is('error'))).toMatchObject({ code: 'LIMIT_REACHED' });
    });

    it("resumes its conversation after the runner's death", async () => {
      await run('Remember this. [[hello]]');
      await run('And this. [[hello]]');
      const running = fixture.prompt('[[slow {"everyMs":20,"count":5000}]]');
      const started = await fixture.until((event) => event.kind === 'run_started' && event['promptId'] === running);
      await fixture.until((event) => event.kind === 'agent_message_chunk' && event.seq > started.seq);
      await fixture.killRunners();
      fixture.start();
      expect(await untilComplete(running)).toMatchObject({ stopReason: 'interrupted' });
      await run('What was before? [[recall]]');
      expect(fixture.events.filter((event) => event['code'] === 'AGENT_CONTEXT_LOST')).toEqual([]);
      // Both finished prompts are in what the model is shown beside this one; the killed agent may not have kept the third.
      expect(Number(/history has (\d+) user items/.exec(fixture.text())?.[1])).toBeGreaterThanOrEqual(3);
    });
  });
});

/** The long command itself, rather than a shell or a helper around it. */
function isCommand(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('setTimeout(()=>{},300000)');
  } catch {
    return false;
  }
}
