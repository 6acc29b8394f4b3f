import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, findRealAgent, isPresent } from '@konui/testing';
import { describe, expect, it } from 'vitest';
import { useKonuiPage } from './use-konui-page.ts';

const chromium = findBrowser();
const hasBrowser = isPresent(chromium);

describe.each(['codex', 'claude'] as const)('a person works with %s in the browser', (name) => {
  const agent = findRealAgent(name);

  describe.runIf(hasBrowser && isPresent(agent))('against a fake model', () => {
    // A refused connection while the gateway restarts is what the page is there to survive.
    const own = useKonuiPage({ agents: [name], ignoring: /ERR_CONNECTION|WebSocket|Failed to load resource/ });

    const prompt = async (text: string, on = own.page): Promise<void> => {
      await on.getByLabel('Prompt').fill(text);
      await on.getByLabel('Prompt').press('Enter');
    };
    const conversation = (on = own.page) => on.getByRole('log');
    const endings = (on = own.page) => on.getByTestId('run-end');
    const words = (on = own.page): Promise<string[]> =>
      conversation(on)
        .innerText()
        .then((text) => text.match(/\bw\d+(?=@)/g) ?? []);
    const untilWords = (count: number, on = own.page): Promise<unknown> =>
      on.waitForFunction(
        (n) => (document.querySelector('[role=log]')?.textContent?.match(/w\d+@/g) ?? []).length >= n,
        count,
      );

    /** From the printed link to an empty conversation, as a newcomer does it. */
    async function startSession(project: string): Promise<void> {
      mkdirSync(project, { recursive: true });
      await own.page.goto(own.konui.link);
      await own.page.getByRole('link', { name: 'New session' }).first().click();
      await own.page.getByRole('radio', { name: /Agent under test/ }).check();
      await own.page.getByLabel('Folder', { exact: true }).fill(project);
      await own.page.getByRole('button', { name: 'Start session' }).click();
      await own.page.waitForURL(/\/s\/[0-9a-f-]{36}$/);
    }

    it('signs in by the link, prompts, reads the streamed answer, allows an edit and sees its diff', async () => {
      const project = join(own.konui.project, 'edit');
      await startSession(project);
      expect(own.page.url()).not.toContain('token');
      const file = join(project, 'e.txt');
      writeFileSync(file, 'one\ntwo\nthree\n');

      await prompt('Say hello [[hello]]');
      await conversation().getByText('Hello from the fake model.').waitFor();
      await endings().first().waitFor();

      // Codex edits inside its workspace without asking, so the question is about a command.
      await prompt(`Edit it [[edit {"path":${JSON.stringify(file)}}]]`);
      const permission = own.page.getByTestId('permission');
      if (name === 'claude') {
        await permission.getByTestId('diff').waitFor();
        await permission.locator('[data-option-kind=allow_once]').click();
      }
      await endings().nth(1).waitFor();
      const diff = conversation().getByTestId('diff').first();
      // An agent that reads the file first leaves a group of calls, which is folded.
      const group = conversation().getByTestId('tool-group');
      if ((await group.count()) > 0) await group.last().getByRole('button').first().click();
      if (!(await diff.isVisible()))
        await conversation().getByTestId('tool').last().getByRole('button').first().click();
      await diff.getByText('TWO', { exact: true }).waitFor();
      expect(readFileSync(file, 'utf8')).toBe('one\nTWO\nthree\n');

      await prompt('Run it [[shell {"command":"mkdir made && ls -d made"}]]');
      await permission.getByText('mkdir made').first().waitFor();
      await permission.locator('[data-option-kind=allow_once]').click();
      await endings().nth(2).waitFor();
      await permission.waitFor({ state: 'detached' });
      expect(readFileSync(file, 'utf8')).toContain('TWO');
    });

    it('stops in mid-stream, and the next prompt runs', async () => {
      await startSession(join(own.konui.project, 'stop'));
      await prompt('Go on [[slow {"everyMs":20,"count":5000}]]');
      await untilWords(20);
      await own.page.getByRole('button', { name: 'Stop', exact: true }).click();
      await endings().first().waitFor();
      expect(await endings().first().getAttribute('data-stop-reason')).toBe('cancelled');
      const stoppedAt = (await words()).length;
      await prompt('Again [[hello]]');
      await conversation().getByText('Hello from the fake model.').waitFor();
      expect((await words()).length).toBe(stoppedAt);
    });

    it('[A9] reloads in mid-stream and follows in a second tab, with every word once', async () => {
      await startSession(join(own.konui.project, 'reload'));
      await prompt('Stream [[stream {"everyMs":20,"count":400}]]');
      await untilWords(30);
      await own.page.reload();
      await untilWords(60);
      const second = await own.context.newPage();
      await second.goto(own.page.url());
      await untilWords(90, second);
      await own.page.reload();
      for (const tab of [own.page, second]) {
        await endings(tab).first().waitFor();
        // What stands above the end of the log comes when a reader goes there.
        await tab.getByRole('log').evaluate((log) => log.scrollTo(0, -log.scrollHeight));
        await tab.getByTestId('prompt').first().waitFor();
        expect(await words(tab)).toEqual(Array.from({ length: 400 }, (_, index) => `w${index}`));
        expect(await tab.getByTestId('prompt').count()).toBe(1);
      }
    });

    it('shows the run whole after kill -9 of konui in mid-stream', async () => {
      await startSession(join(own.konui.project, 'kill'));
      await prompt('Stream [[stream {"everyMs":20,"count":400}]]');
      await untilWords(30);
      process.kill((await own.konui.pids()).konui, 'SIGKILL');
      await endings().first().waitFor();
      expect(await words()).toEqual(Array.from({ length: 400 }, (_, index) => `w${index}`));
    });

    it('[C7] shows the same question in two tabs; the first answer wins and the other sees it', async () => {
      await startSession(join(own.konui.project, 'permission'));
      await prompt('Run it [[shell {"command":"mkdir made && ls -d made"}]]');
      await own.page.getByTestId('permission').waitFor();
      const second = await own.context.newPage();
      await second.goto(own.page.url());
      await second.getByTestId('permission').locator('[data-option-kind=reject_once]').click();
      await own.page.getByTestId('permission').waitFor({ state: 'detached' });
      await endings().first().waitFor();
      await own.page.getByTestId('permission-answer').first().waitFor();
    });

    it('says that the quota is used up, in words, and not that it succeeded', async () => {
      await startSession(join(own.konui.project, 'quota'));
      await prompt('Now [[error {"kind":"quota"}]]');
      await endings().first().waitFor();
      expect(await endings().first().getAttribute('data-stop-reason')).toBe('error');
      expect(await conversation().innerText()).toMatch(/quota|credit/i);
    });
  });
});
