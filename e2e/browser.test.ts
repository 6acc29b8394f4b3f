import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, findRealAgent, isPresent } from '@konui/testing';
import { describe, expect, it } from 'vitest';
import { sendPrompt, startSession } from './session-page.ts';
import { useKonuiPage } from './use-konui-page.ts';

const chromium = findBrowser();
const hasBrowser = isPresent(chromium);

/** The words that the session's log holds. */
function loggedWords(home: string, address: string): string[] {
  const file = join(home, 'sessions', address.split('/').at(-1) ?? '', 'log.ndjson');
  const said = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ kind }) => kind === 'agent_message_chunk')
    .map(({ content }) => content.text);
  return said.join('').match(/\bw\d+(?=@)/g) ?? [];
}

describe.each(['codex', 'claude'] as const)('a person works with %s in the browser', (name) => {
  const agent = findRealAgent(name);

  describe.runIf(hasBrowser && isPresent(agent))('against a fake model', () => {
    // A refused connection while the gateway restarts is what the page is there to survive.
    const own = useKonuiPage({ agents: [name], ignoring: /ERR_CONNECTION|WebSocket|Failed to load resource/ });

    const prompt = (text: string): Promise<void> => sendPrompt(own.page, text);
    const start = (project: string): Promise<string> =>
      startSession(own.page, own.konui, { agent: /Agent under test/, project: join(own.konui.project, project) });
    const conversation = (on = own.page) => on.getByRole('log');
    const endings = (on = own.page) => on.getByTestId('run-end');
    const words = (on = own.page): Promise<string[]> =>
      conversation(on)
        .innerText()
        .then((text) => text.match(/\bw\d+(?=@)/g) ?? []);
    const untilAllWords = (on = own.page): Promise<void> =>
      expect.poll(() => words(on)).toEqual(Array.from({ length: 400 }, (_, index) => `w${index}`));
    const untilWords = (count: number, on = own.page): Promise<unknown> =>
      on.waitForFunction(
        (n) => (document.querySelector('[role=log]')?.textContent?.match(/w\d+@/g) ?? []).length >= n,
        count,
      );

    it('signs in by the link, prompts, reads the streamed answer, allows an edit and sees its diff', async () => {
      expect(await start('edit')).not.toContain('token');
      const file = join(own.konui.project, 'edit', 'e.txt');
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
      const edit = conversation().getByTestId('tool').last().getByRole('button').first();
      if ((await edit.getAttribute('aria-expanded')) === 'false') await edit.click();
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
      await start('stop');
      await prompt('Go on [[slow {"everyMs":20,"count":5000}]]');
      await untilWords(20);
      await own.page.getByRole('button', { name: 'Stop', exact: true }).click();
      await endings().first().waitFor();
      expect(await endings().first().getAttribute('data-stop-reason')).toBe('cancelled');
      // What came before the stop may be drawn a moment after it.
      const saved = loggedWords(own.konui.home, own.page.url());
      await expect.poll(() => words()).toEqual(saved);
      await prompt('Again [[hello]]');
      await conversation().getByText('Hello from the fake model.').waitFor();
      await expect.poll(() => words()).toEqual(saved);
    });

    it('[A9] reloads in mid-stream and follows in a second tab, with every word once', async () => {
      await start('reload');
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
        await untilAllWords(tab);
        await expect.poll(() => tab.getByTestId('prompt').count()).toBe(1);
      }
    });

    it('shows the run whole after kill -9 of konui in mid-stream', async () => {
      await start('kill');
      await prompt('Stream [[stream {"everyMs":20,"count":400}]]');
      await untilWords(30);
      process.kill((await own.konui.pids()).konui, 'SIGKILL');
      // Where the run was over by then, the page shows its end without the gateway.
      await expect.poll(async () => (await fetch(`${own.konui.url}/healthz`)).status).toBe(200);
      await endings().first().waitFor();
      await untilAllWords();
    });

    it('[C7] shows the same question in two tabs; the first answer wins and the other sees it', async () => {
      await start('permission');
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
      await start('quota');
      await prompt('Now [[error {"kind":"quota"}]]');
      await endings().first().waitFor();
      expect(await endings().first().getAttribute('data-stop-reason')).toBe('error');
      await conversation()
        .getByText(/quota|credit/i)
        .first()
        .waitFor();
    });
  });
});
