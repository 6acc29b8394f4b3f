import { findBrowser, isPresent } from '@konui/testing';
import type { WebSocketRoute } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { sendPrompt } from './session-page.ts';
import { sessionParts } from './session-parts.ts';
import { useKonuiPage } from './use-konui-page.ts';

const chromium = findBrowser();
describe.runIf(isPresent(chromium))('the page of a session', () => {
  const own = useKonuiPage();
  const { button, endings, field, inMenu, log, start } = sessionParts(own);
  const queued = () => own.page.getByTestId('queued-prompt');
  const untilQueued = (expected: string[]) =>
    expect.poll(() => queued().locator('.queue-text').allInnerTexts()).toEqual(expected);

  async function withQueue(name: string, ...waiting: string[]): Promise<string> {
    const url = await start(name);
    await sendPrompt(own.page, '/late');
    await log().getByText('tick1').first().waitFor();
    for (const [index, text] of waiting.entries()) {
      await sendPrompt(own.page, text);
      await queued().nth(index).waitFor();
    }
    return url;
  }

  it('renames a session in its heading, archives it and takes it out, and deletes it after asking', async () => {
    await start('rename');
    await sendPrompt(own.page, '/stream 1');
    await endings().waitFor();
    await own.page.getByRole('heading', { level: 1 }).getByRole('button').click();
    await own.page.getByLabel('Title of the session').fill('A better name');
    await own.page.keyboard.press('Enter');
    await own.page.getByRole('heading', { level: 1, name: 'A better name' }).waitFor();
    await own.page.reload();
    await own.page.getByRole('heading', { level: 1, name: 'A better name' }).waitFor();

    await inMenu('Archive');
    await own.page.getByTestId('notice').getByText('This session is archived.').waitFor();
    await button('Take out of the archive').click();
    await own.page.getByTestId('notice').waitFor({ state: 'detached' });

    await inMenu('Delete…');
    await button('Delete for good').click();
    await own.page.waitForURL((url) => url.pathname === '/');
    await expect.poll(() => own.page.getByText('A better name').count()).toBe(0);
  });

  it('[OPT] offers modes, models and options before the first prompt, and keeps what was chosen', async () => {
    await start('options');
    // Somebody is about to write: the agent is started to say what it offers.
    const mode = own.page.getByLabel('Mode', { exact: true });
    await expect.poll(() => mode.inputValue()).toBe('ask');
    const untilTaken = () => own.page.locator('.option[aria-busy=true]').waitFor({ state: 'detached' });
    await mode.selectOption('code');
    await untilTaken();
    await own.page.getByLabel('Model', { exact: true }).selectOption('calm');
    await untilTaken();
    await own.page.getByRole('checkbox', { name: 'Tips' }).uncheck();
    await untilTaken();
    await own.page.reload();
    await expect.poll(() => mode.inputValue()).toBe('code');
    await expect.poll(() => own.page.getByLabel('Model', { exact: true }).inputValue()).toBe('calm');
    await expect.poll(() => own.page.getByRole('checkbox', { name: 'Tips' }).isChecked()).toBe(false);
    await field().focus();
    await own.page.keyboard.press('Shift+Tab');
    await expect.poll(() => mode.inputValue()).toBe('ask');
  });

  it('goes to the moment that a link names, also when the next link names another', async () => {
    const url = await start('moment');
    for (const words of ['/flood 1200', '/flood 1201', '/flood 1202']) {
      const before = await endings().count();
      await sendPrompt(own.page, words);
      await endings().nth(before).waitFor();
    }
    const prompts = own.page.getByTestId('prompt');
    const seqs = await prompts.evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-seq'))));
    const isInSight = (seq: number | undefined) =>
      own.page.locator(`[data-seq="${seq}"]`).evaluate((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return top >= 0 && bottom <= window.innerHeight;
      });
    await own.page.goto(`${url}?at=${seqs[0]}`);
    await expect.poll(() => isInSight(seqs[0])).toBe(true);
    await own.page.evaluate((next) => {
      window.history.pushState(null, '', next);
    }, `?at=${seqs[2]}`);
    await expect.poll(() => isInSight(seqs[2])).toBe(true);
  });

  it('brings back own prompts with the arrow keys', async () => {
    await start('history');
    await sendPrompt(own.page, '/stream 1');
    await endings().waitFor();
    await sendPrompt(own.page, '/stream 2');
    await endings().nth(1).waitFor();
    const untilWritten = (text: string) => expect.poll(() => field().inputValue()).toBe(text);
    await field().press('ArrowUp');
    await untilWritten('/stream 2');
    await field().press('ArrowUp');
    await untilWritten('/stream 1');
    await field().press('ArrowDown');
    await untilWritten('/stream 2');
    await field().press('ArrowDown');
    await untilWritten('');
  });

  it('[QUE1] moves waiting prompts by dragging, and puts a removed one back where it was', async () => {
    await withQueue('drag', '/stream 1', '/stream 2', '/stream 3');
    const grip = queued().nth(0).locator('.queue-grip');
    // Playwright waits until nothing moves any more.
    await grip.hover({ position: { x: 5, y: 5 } });
    const from = await grip.boundingBox();
    const to = await queued().nth(2).boundingBox();
    if (from === null || to === null) throw new Error('the queue is not drawn');
    await own.page.mouse.down();
    await own.page.mouse.move(from.x + 5, to.y + to.height - 4, { steps: 5 });
    await own.page.mouse.up();
    await untilQueued(['/stream 2', '/stream 3', '/stream 1']);

    await button('Move prompt 3 up').focus();
    await own.page.keyboard.press('Enter');
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
    await own.page.keyboard.press('Escape');
    await own.page.getByRole('menu').waitFor({ state: 'detached' });
    await field().fill('/stream 1');
    await button('Send now').click();
    await endings().nth(2).waitFor();
    await expect
      .poll(() => own.page.getByTestId('prompt').locator('.prompt-text').allInnerTexts())
      .toEqual(['/late', '/stream 1', '/stream 2']);
  });

  it('[ELI1] keeps a half-filled answer over a reload and a look at another session', async () => {
    const url = await start('question');
    await sendPrompt(own.page, '/ask');
    await own.page.getByLabel('Name', { exact: true }).fill('Orders');
    await own.page.getByRole('radio', { name: /Blue/ }).check();
    await own.page.reload();
    await expect.poll(() => own.page.getByLabel('Name', { exact: true }).inputValue()).toBe('Orders');
    await start('question-other');
    await own.page.goto(url);
    await expect.poll(() => own.page.getByRole('radio', { name: /Blue/ }).isChecked()).toBe(true);
    await own.page.getByRole('checkbox', { name: 'Footer' }).check();
    await button('Send answer').click();
    await endings().waitFor();
    await log().getByText('"name": "Orders"').waitFor();
  });

  it('reads aloud that a run began, asks and ended, and nothing of what streams', async () => {
    await start('announced');
    const said: string[] = [];
    await own.page.exposeFunction('hear', (words: string) => said.push(words));
    await own.page.getByTestId('announcer').evaluate((region) => {
      new MutationObserver(() => Reflect.get(window, 'hear')(region.textContent)).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    await sendPrompt(own.page, '/ask colour');
    await own.page.getByTestId('question').waitFor();
    await own.page.keyboard.press('Alt+1');
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
    await own.page.routeWebSocket(/\/ws/, (socket) => {
      if (isDown) return void socket.close();
      socket.connectToServer();
      sockets.push(socket);
    });
    await start('offline');
    isDown = true;
    await Promise.all(sockets.map((socket) => socket.close()));
    await own.page.route('**/api/**', (route) => (isDown ? route.abort() : route.continue()));
    await sendPrompt(own.page, '/stream 1');
    await own.page.getByTestId('outbox').getByText('1 prompt is kept in this browser').waitFor();
    // Its words stand in the conversation alone, and one button tries again.
    await own.page.getByTestId('prompt').getByText('/stream 1').waitFor();
    expect(await own.page.getByText('/stream 1', { exact: true }).count()).toBe(1);
    const attempt = own.page.waitForRequest(/\/ticket/);
    await button('Try now').click();
    await attempt;
    isDown = false;
    // An attempt of its own may come before any press: the button would be gone.
    await own.page.evaluate(() => window.dispatchEvent(new Event('online')));
    await endings().waitFor();
    await own.page.getByTestId('outbox').waitFor({ state: 'detached' });
    await expect.poll(() => own.page.getByTestId('prompt').count()).toBe(1);
    own.expectProblems(/ERR_FAILED|WebSocket/);
  });
});
