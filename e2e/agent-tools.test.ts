import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type FakeModel,
  findRealAgent,
  isPresent,
  makeTestHome,
  type RunningKonui,
  startFakeModel,
  startKonui,
  type TestHome,
} from '@konui/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCommand } from './run-command.ts';

/** What the fake model does when it reads this: it calls the tool that a server offers under the name. */
const calling = (name: string, args: object): string => `[[tool ${JSON.stringify({ name: `*${name}`, args })}]]`;

describe.each(['codex', 'claude'] as const)('%s', (provider) => {
  const agent = findRealAgent(provider);

  describe.runIf(isPresent(agent))('and the kontask tools', () => {
    let model: FakeModel;
    let agentHome: TestHome;
    let konui: RunningKonui;

    beforeAll(async () => {
      model = await startFakeModel();
      agentHome = await makeTestHome();
      if (!agent.available) throw new Error('unreachable');
      konui = await startKonui({ agents: { [provider]: agent.launch(model.url, agentHome.path) } });
    });
    afterAll(async () => {
      await konui.close();
      await model.close();
      await agentHome.remove();
    });

    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await startCommand(konui, args).ended;
      if (code !== 0) throw new Error(`konui ${args.join(' ')} ended with ${code}: ${stderr}`);
      return stdout;
    };
    const show = async (id: string) => JSON.parse(await run('kontask', 'show', id, '--json'));
    const kindsIn = (sessionId: string): string[] =>
      readFileSync(join(konui.home, 'sessions', sessionId, 'log.ndjson'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).kind);

    it('[KON8] [KON9] B10: takes over a request and completes it, without a person', async () => {
      const projectPath = join(konui.project, 'shop');
      mkdirSync(projectPath);
      const answer = await fetch(`${konui.url}/api/settings/hand-over`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${konui.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ value: { rules: [{ targetUser: provider, provider, projectPath }] } }),
      });
      expect(answer.status).toBe(204);
      const task = calling('kontask_complete', { id: 'fix-cart', output: '<p>The total is right.</p>' });
      await run('kontask', 'create', '--id', 'fix-cart', '--title', task, '--for', provider, '--scope', 'shop');
      await expect.poll(async () => (await show('fix-cart')).status, { timeout: 90_000 }).toBe('completed');
      expect((await show('fix-cart')).context.output).toBe('<p>The total is right.</p>');
      const [session] = JSON.parse(await run('sessions', '--json'));
      expect(session).toMatchObject({ provider, projectPath });
      await expect.poll(() => kindsIn(session.sessionId)).toContain('complete');
      expect(kindsIn(session.sessionId)).not.toContain('permission_request');
    });

    it('[KON9] B10: leaves a report that names its session', async () => {
      const text = calling('kontask_create', { title: 'All tests pass', output: '<b>312</b>', scope: 'shop' });
      const { sessionId } = JSON.parse(await run('prompt', '--agent', provider, '--detach', '--json', text));
      const find = async () => JSON.parse(await run('kontask', 'list', '--query', 'tests pass', '--json'));
      await expect.poll(find, { timeout: 90_000 }).toMatchObject([{ sessionId, createdBy: provider, isUnread: true }]);
    });
  });
});
