import { join } from 'node:path';
import { findBrowser, isPresent, launchBrowser, type RunningKonui, startKonui } from '@konui/testing';
import type { Browser, BrowserContext, Page, WebSocketRoute } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problemsOf, sendPrompt, startSession } from './session-page.ts';

const chromium = findBrowser();
describe.runIf(isPresent(chromium))('the page of a session', () => {
  let konui: RunningKonui;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    if (!chromium.available) throw new Error('unreachable');
    konui = await startKonui();
    browser = await launchBrowser(chromium.path);
  });
  afterAll(async () => {
    await browser.close();
    await konui.close();
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

  const start = async (name: string): Promise<string> => {
    const url = await startSession(page, konui, { agent: /Demo/, project: join(konui.project, name) });
    await field().waitFor();
    return url;
  };
  const field = () => page.getByLabel('Prompt', { exact: true });
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const log = () => page.getByRole('log');
  const endings = () => page.getByTestId('run-end');
  const queued = () => page.getByTestId('queued-prompt');
  const untilQueued = (expected: string[]) =>
    expect.poll(() => queued().locator('.queue-text').allInnerTexts()).toEqual(expected);
  const inMenu = async (name: string) => {
    await button('More about this session').click();
    await page.getByRole('menuitem', { name }).click();
  };

  async function withQueue(name: string, ...waiting: string[]): Promise<string> {
    const url = await start(name);
    await sendPrompt(page, '/late');
    await log().getByText('tick1').first().waitFor();
    for (const [index, text] of waiting.entries()) {
      await sendPrompt(page, text);
      await queued().nth(index).waitFor();
    }
    return url;
  }

  it('renames a session in its heading, archives it and takes it out, and deletes it after asking', async () => {
    await start('rename');
    await sendPrompt(page, '/stream 1');
    await endings().waitFor();
    await page.getByRole('heading', { level: 1 }).getByRole('button').click();
    await page.getByLabel('Title of the session').fill('A better name');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'A better name' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'A better name' }).waitFor();

    await inMenu('Archive');
    await page.getByTestId('notice').getByText('This session is archived.').waitFor();
    await button('Take out of the archive').click();
    await page.getByTestId('notice').waitFor({ state: 'detached' });

    await inMenu('Delete…');
    await button('Delete for good').click();
    await page.waitForURL((url) => url.pathname === '/');
    await expect.poll(() => page.getByText('A better name').count()).toBe(0);
  });

  it('[OPT] offers modes, models and options before the first prompt, and keeps what was chosen', async () => {
    await start('options');
    // Somebody is about to write: the agent is started to say what it offers.
    const mode = page.getByLabel('Mode', { exact: true });
    await mode.waitFor();
    expect(await mode.inputValue()).toBe('ask');
    await mode.selectOption('code');
    await expect.poll(() => mode.isEnabled()).toBe(true);
    await page.getByLabel('Model', { exact: true }).selectOption('calm');
    await page.getByRole('checkbox', { name: 'Tips' }).uncheck();
    await page.reload();
    await expect.poll(() => mode.inputValue()).toBe('code');
    await expect.poll(() => page.getByLabel('Model', { exact: true }).inputValue()).toBe('calm');
    expect(await page.getByRole('checkbox', { name: 'Tips' }).isChecked()).toBe(false);
    await field().focus();
    await page.keyboard.press('Shift+Tab');
    await expect.poll(() => mode.inputValue()).toBe('ask');
  });

  it('goes to the moment that a link names, also when the next link names another', async () => {
    const url = await start('moment');
    for (const words of ['/flood 1200', '/flood 1201', '/flood 1202']) {
      const before = await endings().count();
      await sendPrompt(page, words);
      await endings().nth(before).waitFor();
    }
    const prompts = page.getByTestId('prompt');
    const seqs = await prompts.evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-seq'))));
    const isInSight = (seq: number | undefined) =>
      page.locator(`[data-seq="${seq}"]`).evaluate((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return top >= 0 && bottom <= window.innerHeight;
      });
    await page.goto(`${url}?at=${seqs[0]}`);
    await expect.poll(() => isInSight(seqs[0])).toBe(true);
    await page.evaluate((next) => {
      window.history.pushState(null, '', next);
    }, `?at=${seqs[2]}`);
    await expect.poll(() => isInSight(seqs[2])).toBe(true);
  });

  it('brings back own prompts with the arrow keys', async () => {
    await start('history');
    await sendPrompt(page, '/stream 1');
    await endings().waitFor();
    await sendPrompt(page, '/stream 2');
    await endings().nth(1).waitFor();
    await field().press('ArrowUp');
    expect(await field().inputValue()).toBe('/stream 2');
    await field().press('ArrowUp');
    expect(await field().inputValue()).toBe('/stream 1');
    await field().press('ArrowDown');
    await field().press('ArrowDown');
    expect(await field().inputValue()).toBe('');
  });

  it('[QUE1] moves waiting prompts by dragging, and puts a removed one back where it was', async () => {
    await withQueue('drag', '/stream 1', '/stream 2', '/stream 3');
    const grip = queued().nth(0).locator('.queue-grip');
    const from = await grip.boundingBox();
    const to = await queued().nth(2).boundingBox();
    if (from === null || to === null) throw new Error('the queue is not drawn');
    await page.mouse.move(from.x + 5, from.y + 5);
    await page.mouse.down();
    await page.mouse.move(from.x + 5, to.y + to.height - 4, { steps: 5 });
    await page.mouse.up();
    await untilQueued(['/stream 2', '/stream 3', '/stream 1']);

    await button('Move prompt 3 up').focus();
    await page.keyboard.press('Enter');
    await untilQueued(['/stream 2', '/stream 1', '/stream 3']);

    await button('Remove prompt 2').click();
    await untilQueued(['/stream 2', '/stream 3']);
    await button('Undo').click();
    await untilQueued(['/stream 2', '/stream 1', '/stream 3']);
  });

  it('[QUE4] sends at once what would have to wait, by one button', async () => {
    await withQueue('now', '/stream 2');
    // Escape closes what is open, and not the run with it.
    await button('More about this session').click();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await field().fill('/stream 1');
    await button('Send now').click();
    await endings().nth(2).waitFor();
    expect(await page.getByTestId('prompt').locator('.prompt-text').allInnerTexts()).toEqual([
      '/late',
      '/stream 1',
      '/stream 2',
    ]);
  });

  it('[ELI1] keeps a half-filled answer over a reload and a look at another session', async () => {
    const url = await start('question');
    await sendPrompt(page, '/ask');
    await page.getByLabel('Name', { exact: true }).fill('Orders');
    await page.getByRole('radio', { name: /Blue/ }).check();
    await page.reload();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Orders');
    await start('question-other');
    await page.goto(url);
    expect(await page.getByRole('radio', { name: /Blue/ }).isChecked()).toBe(true);
    await page.getByRole('checkbox', { name: 'Footer' }).check();
    await button('Send answer').click();
    await endings().waitFor();
    await log().getByText('"name": "Orders"').waitFor();
  });

  it('reads aloud that a run began, asks and ended, and nothing of what streams', async () => {
    await start('announced');
    const said: string[] = [];
    await page.exposeFunction('hear', (words: string) => said.push(words));
    await page.getByTestId('announcer').evaluate((region) => {
      new MutationObserver(() => Reflect.get(window, 'hear')(region.textContent)).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    await sendPrompt(page, '/ask colour');
    await page.getByTestId('question').waitFor();
    await page.keyboard.press('Alt+1');
    await endings().waitFor();
    await expect.poll(() => said.at(-1)).toBe('The agent has finished.');
    expect(said.filter((words) => words !== '')).toEqual([
      'The agent works.',
      'The agent asks: Which colour?',
      'The agent has finished.',
    ]);
  });

  it('keeps a prompt while there is no connection, shows it as such, and sends it once', async () => {
    const sockets: WebSocketRoute[] = [];
    let isDown = false;
    await page.routeWebSocket(/\/ws/, (socket) => {
      if (isDown) return void socket.close();
      socket.connectToServer();
      sockets.push(socket);
    });
    await start('offline');
    isDown = true;
    await Promise.all(sockets.map((socket) => socket.close()));
    await page.route('**/api/**', (route) => (isDown ? route.abort() : route.continue()));
    await sendPrompt(page, '/stream 1');
    await page.getByTestId('outbox').getByText('1 prompt is kept in this browser').waitFor();
    isDown = false;
    await button('Try now').last().click();
    await endings().waitFor();
    await page.getByTestId('outbox').waitFor({ state: 'detached' });
    expect(await page.getByTestId('prompt').count()).toBe(1);
    problems.splice(0, problems.length, ...problems.filter((problem) => !/ERR_FAILED|WebSocket/.test(problem)));
  });
});
