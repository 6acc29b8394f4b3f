import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  allowOnce,
  rejectOnce,
  startAcpAgent,
  type AcpAgent,
  type PermissionAnswer,
} from '../acp-client/start-acp-agent.ts';
import { startFakeModel, type FakeModel } from '../fake-model/fake-model.ts';
import { sampleDocument } from '../fake-model/sample-document.ts';
import { isPresent } from '../requirement.ts';
import { findRealAgent } from './find-real-agent.ts';
import { makeTestHome, type TestHome } from './test-home.ts';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAF0lEQVR4nGP4z8BAEiJN9aiGUQ1DSgMAkPn/Afnh+ngAAAAASUVORK5CYII=';

for (const name of ['codex', 'claude'] as const) {
  const real = findRealAgent(name);
  describe.runIf(isPresent(real))(`${name} with the fake model behind it`, () => {
    let model: FakeModel;
    let home: TestHome;
    let project: string;
    let agent: AcpAgent;
    let session: string;
    let answer: PermissionAnswer = allowOnce;

    beforeAll(async () => {
      if (!real.available) return;
      model = await startFakeModel();
      home = await makeTestHome();
      project = join(home.path, 'project');
      await mkdir(project);
      const launch = real.launch(model.url, home.path);
      agent = await startAcpAgent(launch, { cwd: project, answer: (request) => answer(request) });
      session = await agent.newSession(project);
    });

    afterAll(async () => {
      await agent?.close();
      await model?.close();
      await home?.remove();
    });

    /** The turn's own updates. */
    const ask = async (prompt: Parameters<AcpAgent['prompt']>[1]) => {
      const before = agent.updates.length;
      const textBefore = agent.text().length;
      const thoughtBefore = agent.text('agent_thought_chunk').length;
      const permissionsBefore = agent.permissions.length;
      const result = await agent.prompt(session, prompt);
      return {
        result,
        updates: agent.updates.slice(before),
        text: agent.text().slice(textBefore),
        thought: agent.text('agent_thought_chunk').slice(thoughtBefore),
        permissions: agent.permissions.slice(permissionsBefore),
      };
    };

    it('streams text', async () => {
      const { result, text } = await ask('Say hello [[hello]]');
      expect(result.stopReason).toBe('end_turn');
      expect(text).toContain('Hello from the fake model.');
    });

    it('streams a document piece by piece', async () => {
      const { text, updates } = await ask('Write [[doc {"everyMs": 1}]]');
      expect(text.trim()).toBe(sampleDocument.trim());
      expect(updates.length).toBeGreaterThan(20);
    });

    it('passes an image on to the model', async () => {
      const image = { type: 'image', mimeType: 'image/png', data: PNG } as const;
      const { text } = await ask([{ type: 'text', text: 'What is this? [[image]]' }, image]);
      expect(text).toContain('I see 1 image(s).');
    });

    it('shows what the model thinks', async () => {
      const { text, thought } = await ask('Think [[think]]');
      expect(thought).toContain('Let me consider this carefully.');
      expect(text).toContain('Thought about it.');
    });

    it('edits a file and sends the diff', async () => {
      const path = join(project, 'edited.txt');
      await writeFile(path, 'one\ntwo\nthree\n');
      const { updates } = await ask(`Edit it [[edit ${JSON.stringify({ path })}]]`);
      expect(await readFile(path, 'utf8')).toBe('one\nTWO\nthree\n');
      expect(JSON.stringify(updates)).toContain('"type":"diff"');
    });

    it('asks before it runs a command, and runs it when allowed', async () => {
      const { permissions } = await ask('Run [[shell {"command": "echo shell-out; touch made-when-allowed"}]]');
      expect(permissions).toHaveLength(1);
      expect(existsSync(join(project, 'made-when-allowed'))).toBe(true);
    });

    it('does not run a command that was rejected', async () => {
      answer = rejectOnce;
      const { permissions } = await ask('Run [[shell {"command": "touch made-when-rejected"}]]');
      answer = allowOnce;
      expect(permissions).toHaveLength(1);
      expect(existsSync(join(project, 'made-when-rejected'))).toBe(false);
    });

    it('sends its plan', async () => {
      const { updates } = await ask('Plan it [[todo]]');
      const plans = updates.filter((update) => update.sessionUpdate === 'plan');
      expect(JSON.stringify(plans.at(-1))).toContain('Fix it');
    });

    it('stops in mid-stream when told to', async () => {
      const before = agent.updates.length;
      const turn = agent.prompt(session, 'Go on [[slow {"everyMs": 10}]]');
      await agent.until(() => agent.updates.slice(before).some((update) => JSON.stringify(update).includes('w3@')));
      await agent.cancel(session);
      expect((await turn).stopReason).toBe('cancelled');
    });

    it('says when the quota is used up', async () => {
      const outcome = await ask('Go [[quota]]').catch((error: unknown) => error);
      const said = outcome instanceof Error ? outcome : JSON.stringify(outcome);
      expect(String(said) + JSON.stringify(said)).toMatch(/usageLimitExceeded|usage limit|credit balance|quota/i);
    });
  });
}
