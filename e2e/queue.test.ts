import { join } from 'node:path';
import {
  type AgentLaunch,
  type FakeModel,
  findBrowser,
  findRealAgent,
  isPresent,
  launchBrowser,
  makeTestHome,
  type RunningKonui,
  startFakeModel,
  startKonui,
  type TestHome,
} from '@konui/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problemsOf, sendPrompt, startSession } from './session-page.ts';

const chromium = findBrowser();
const claude = findRealAgent('claude');

describe.runIf(isPresent(chromium))('what waits for a person or for a run', () => {
  let konui: RunningKonui;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];
  let model: FakeModel | undefined;
  let home: TestHome | undefined;

  beforeAll(async () => {
    if (!chromium.available) throw new Error('unreachable');
    model = await startFakeModel();
    home = await makeTestHome();
    const agents: Record<string, AgentLaunch> = {};
    if (claude.available) agents['claude'] = { ...claude.launch(model.url, home.path), name: 'Agent under test' };
    konui = await startKonui({ agents });
    browser = await launchBrowser(chromium.path);
  });
  afterAll(async () => {
    await browser.close();
    await konui.close();
    await model?.close();
    await home?.remove();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    problems = problemsOf(page);
  });
  afterEach(async () => {
    await context.close();
    if (problems.length > 0) throw new Error(`the page reported:\n${problems.join('\n')}`);
  });

  const start = (name: string) => startSession(page, konui, { agent: /Demo/, project: join(konui.project, name) });
  const queued = (on = page) => on.getByTestId('queued-prompt');
  const texts = (on = page) => queued(on).locator('.queue-text').allInnerTexts();
  const untilQueued = (expected: string[], on = page) => expect.poll(() => texts(on)).toEqual(expected);
  const endings = (on = page) => on.getByTestId('run-end');
  const prompts = () => page.getByTestId('prompt').locator('.prompt-text').allInnerTexts();
  const button = (name: string, on = page) => on.getByRole('button', { name, exact: true });

  /** A run that goes on until it is stopped, and prompts that wait for it. */
  async function withQueue(name: string, ...waiting: string[]): Promise<string> {
    const url = await start(name);
    await sendPrompt(page, '/late');
    await page.getByRole('log').getByText('tick1').first().waitFor();
    for (const [index, text] of waiting.entries()) {
      await sendPrompt(page, text);
      await queued().nth(index).waitFor();
    }
    return url;
  }

  it('[QUE1] edits, moves, removes, holds and sends waiting prompts, the same in every tab', async () => {
    const url = await withQueue('queue', '/stream 2', '/stream 3', '/stream 4');
    const second = await context.newPage();
    await second.goto(url);
    await untilQueued(['/stream 2', '/stream 3', '/stream 4'], second);

    await button('Edit prompt 1').click();
    await page.getByLabel('Text of the waiting prompt').fill('/stream 1');
    await page.keyboard.press('Enter');
    await untilQueued(['/stream 1', '/stream 3', '/stream 4'], second);

    // By keyboard alone: the focus stays on the button of the prompt that moves.
    await button('Move prompt 1 down').focus();
    await page.keyboard.press('Enter');
    await untilQueued(['/stream 3', '/stream 1', '/stream 4'], second);
    await untilQueued(['/stream 3', '/stream 1', '/stream 4']);
    await page.keyboard.press('Enter');
    await untilQueued(['/stream 3', '/stream 4', '/stream 1'], second);

    await button('Remove prompt 1', second).click();
    await untilQueued(['/stream 4', '/stream 1']);

    await button('Hold').click();
    await second.getByTestId('queue-hold').waitFor();
    await button('Go on', second).click();
    await page.getByTestId('queue-hold').waitFor({ state: 'detached' });

    // The button says that the run ends.
    await queued().nth(1).getByRole('button', { name: 'Send now stops the run' }).click();
    await page.getByTestId('queue').waitFor({ state: 'detached' });
    await endings().nth(2).waitFor();
    expect(await prompts()).toEqual(['/late', '/stream 1', '/stream 4']);
    expect(await endings().first().getAttribute('data-stop-reason')).toBe('cancelled');
  });

  it('[QUE2] holds what waits after a stop, says why, and goes on with one button', async () => {
    await withQueue('held', '/stream 2', '/stream 3');
    await button('Stop').click();
    await page.getByTestId('queue-hold').getByText('because the run before was stopped').waitFor();
    expect(await prompts()).toEqual(['/late']);
    await button('Go on').click();
    await endings().nth(2).waitFor();
    expect(await prompts()).toEqual(['/late', '/stream 2', '/stream 3']);
  });

  it('[QUE1] says that somebody else changed the queue, and shows it as it is now', async () => {
    const url = await withQueue('conflict', '/stream 2', '/stream 3', '/stream 4');
    const second = await context.newPage();
    await second.goto(url);
    await untilQueued(['/stream 2', '/stream 3', '/stream 4'], second);
    // The page is held still until the other one has changed the queue, and presses before it can hear of that.
    const released = Promise.withResolvers<void>();
    await page.route('**/held-still', async (route) => {
      await released.promise;
      await route.fulfill({ body: '' });
    });
    const pressed = page.evaluate(() => {
      const request = new XMLHttpRequest();
      request.open('GET', '/held-still', false);
      request.send();
      document.querySelector<HTMLElement>('[data-control=arrowDown]')?.click();
    });
    await button('Remove prompt 2', second).click();
    await untilQueued(['/stream 2', '/stream 4'], second);
    released.resolve();
    await pressed;
    await page.getByTestId('queue-notice').getByText('Somebody else changed the queue').waitFor();
    await untilQueued(['/stream 2', '/stream 4']);
    await untilQueued(['/stream 2', '/stream 4'], second);
  });

  it('keeps the words of an edit whose prompt has begun meanwhile', async () => {
    const url = await withQueue('overtaken', '/stream 2');
    const second = await context.newPage();
    await second.goto(url);
    await untilQueued(['/stream 2'], second);
    await button('Edit prompt 1').click();
    await page.getByLabel('Text of the waiting prompt').fill('/stream 1');
    await queued(second)
      .first()
      .getByRole('button', { name: /^Send now/ })
      .click();
    await page.getByTestId('queue-leftover').getByText('/stream 1').waitFor();
    await button('Send as a new prompt').click();
    await endings().nth(2).waitFor();
    expect(await prompts()).toEqual(['/late', '/stream 2', '/stream 1']);
  });

  it('[LIM1] [LIM2] shows when the limit resets, goes on by itself if that is wanted, and sends again at once', async () => {
    await start('limit');
    await sendPrompt(page, '/limit 4320');
    const limit = page.getByTestId('limit');
    await limit.getByText(/Resets in 1 h 1[12] min/).waitFor();
    await limit.getByRole('switch').check();
    await limit.getByText(/Goes on by itself in 1 h 1[123] min/).waitFor();
    await page.reload();
    await limit.getByText(/Goes on by itself in/).waitFor();
    await limit.getByRole('button', { name: 'Do not go on by itself' }).click();
    await limit.getByText(/Resets in/).waitFor();
    expect(await limit.getByRole('switch').isChecked()).toBe(false);
    await limit.getByRole('button', { name: 'Send again now' }).click();
    await endings().nth(1).waitFor();
    expect(await prompts()).toEqual(['/limit 4320', '/limit 4320']);
  });

  it('[ELI1] fills in a form, says in words what is missing, and shows who answered', async () => {
    await start('form');
    await sendPrompt(page, '/ask');
    const question = page.getByTestId('question');
    await question.getByRole('button', { name: 'Send answer' }).click();
    await question.getByText('3 answers need a change.').waitFor();
    await question.getByLabel('Name').fill('A page');
    await question.getByLabel('Red').check();
    await question.getByLabel('Header').check();
    await question.getByRole('button', { name: 'Send answer' }).click();
    await page
      .getByTestId('question-answer')
      .getByText(/answered: How shall the demo look\?/)
      .waitFor();
    await endings().first().waitFor();
    const said = await page.getByRole('log').innerText();
    expect(said).toContain('Colour: Red');
    expect(said).toContain('"columns": 2');
  });

  it('[ELI1] answers a single choice by one key, in whichever tab', async () => {
    const url = await start('choice');
    await sendPrompt(page, '/ask colour');
    const second = await context.newPage();
    await second.goto(url);
    await second.getByTestId('question').waitFor();
    await second.getByRole('log').focus();
    await second.keyboard.press('2');
    await page.getByTestId('question').waitFor({ state: 'detached' });
    await endings().first().waitFor();
    expect(await page.getByTestId('question-answer').innerText()).toContain('Blue');
  });

  it.runIf(isPresent(claude))('[ELI1] answers a question of Claude Code in its form', async () => {
    await startSession(page, konui, { agent: /Agent under test/, project: join(konui.project, 'claude') });
    await sendPrompt(page, '[[ask {"question":"Which colour?","options":["Red","Blue"]}]]');
    const question = page.getByTestId('question');
    await question.getByText('Which colour?').waitFor();
    await question.locator('[data-choice=Blue]').click();
    await endings().first().waitFor();
    expect(await page.getByTestId('question-answer').innerText()).toContain('Blue');
    expect(await page.getByRole('log').innerText()).toMatch(/Answer:.*Blue/s);
  });

  it('offers an interrupted prompt again with one button', async () => {
    await start('interrupted');
    await sendPrompt(page, '/late');
    await page.getByRole('log').getByText('tick1').first().waitFor();
    for (const pid of (await konui.pids()).runners) process.kill(pid, 'SIGKILL');
    await endings().first().getByText('Interrupted').waitFor();
    await button('Send the prompt again').click();
    await page.getByRole('log').getByText('tick1').nth(1).waitFor();
    await button('Stop').click();
    await endings().nth(1).waitFor();
  });
});
