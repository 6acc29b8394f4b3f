import { join } from 'node:path';
import { findBrowser, findRealAgent, isPresent } from '@konui/testing';
import { describe, expect, it } from 'vitest';
import { sendPrompt, startSession } from './session-page.ts';
import { untilFocused } from './shell-page.ts';
import { useKonuiPage } from './use-konui-page.ts';

const chromium = findBrowser();
const claude = findRealAgent('claude');

describe.runIf(isPresent(chromium))('what waits for a person or for a run', () => {
  const own = useKonuiPage({ agents: ['claude'] });

  const start = (name: string) =>
    startSession(own.page, own.konui, { agent: /Demo/, project: join(own.konui.project, name) });
  const queued = (on = own.page) => on.getByTestId('queued-prompt');
  const texts = (on = own.page) => queued(on).locator('.queue-text').allInnerTexts();
  const untilQueued = (expected: string[], on = own.page) => expect.poll(() => texts(on)).toEqual(expected);
  const endings = (on = own.page) => on.getByTestId('run-end');
  const prompts = () => own.page.getByTestId('prompt').locator('.prompt-text').allInnerTexts();
  const button = (name: string, on = own.page) => on.getByRole('button', { name, exact: true });

  /** A run that goes on until it is stopped, and prompts that wait for it. */
  async function withQueue(name: string, ...waiting: string[]): Promise<string> {
    const url = await start(name);
    await sendPrompt(own.page, '/late');
    await own.page.getByRole('log').getByText('tick1').first().waitFor();
    for (const [index, text] of waiting.entries()) {
      await sendPrompt(own.page, text);
      await queued().nth(index).waitFor();
    }
    return url;
  }

  it('[QUE1] edits, moves, removes, holds and sends waiting prompts, the same in every tab', async () => {
    const url = await withQueue('queue', '/stream 2', '/stream 3', '/stream 4');
    const second = await own.context.newPage();
    await second.goto(url);
    await untilQueued(['/stream 2', '/stream 3', '/stream 4'], second);

    await button('Edit prompt 1').click();
    await own.page.getByLabel('Text of the waiting prompt').fill('/stream 1');
    await own.page.keyboard.press('Enter');
    await untilQueued(['/stream 1', '/stream 3', '/stream 4'], second);

    // By keyboard alone: the focus stays on the button of the prompt that moves.
    await button('Move prompt 1 down').focus();
    await own.page.keyboard.press('Enter');
    await untilQueued(['/stream 3', '/stream 1', '/stream 4'], second);
    await untilQueued(['/stream 3', '/stream 1', '/stream 4']);
    await untilFocused(button('Move prompt 2 down'));
    await own.page.keyboard.press('Enter');
    await untilQueued(['/stream 3', '/stream 4', '/stream 1'], second);

    await button('Remove prompt 1', second).click();
    await untilQueued(['/stream 4', '/stream 1']);

    await button('Hold').click();
    await second.getByTestId('queue-hold').waitFor();
    await button('Go on', second).click();
    await own.page.getByTestId('queue-hold').waitFor({ state: 'detached' });

    // The button says that the run ends.
    await queued().nth(1).getByRole('button', { name: 'Send now stops the run' }).click();
    await own.page.getByTestId('queue').waitFor({ state: 'detached' });
    await endings().nth(2).waitFor();
    await expect.poll(prompts).toEqual(['/late', '/stream 1', '/stream 4']);
    expect(await endings().first().getAttribute('data-stop-reason')).toBe('cancelled');
  });

  it('[QUE2] holds what waits after a stop, says why, and goes on with one button', async () => {
    await withQueue('held', '/stream 2', '/stream 3');
    await button('Stop').click();
    await own.page.getByTestId('queue-hold').getByText('because the run before was stopped').waitFor();
    expect(await prompts()).toEqual(['/late']);
    await button('Go on').click();
    await endings().nth(2).waitFor();
    await expect.poll(prompts).toEqual(['/late', '/stream 2', '/stream 3']);
  });

  it('[QUE1] says that somebody else changed the queue, and shows it as it is now', async () => {
    const url = await withQueue('conflict', '/stream 2', '/stream 3', '/stream 4');
    const second = await own.context.newPage();
    await second.goto(url);
    await untilQueued(['/stream 2', '/stream 3', '/stream 4'], second);
    // The page is held still until the other one has changed the queue, and presses before it can hear of that.
    const released = Promise.withResolvers<void>();
    await own.page.route('**/held-still', async (route) => {
      await released.promise;
      await route.fulfill({ body: '' });
    });
    const pressed = own.page.evaluate(() => {
      const request = new XMLHttpRequest();
      request.open('GET', '/held-still', false);
      request.send();
      document.querySelector<HTMLElement>('[data-control=arrowDown]')?.click();
    });
    await button('Remove prompt 2', second).click();
    await untilQueued(['/stream 2', '/stream 4'], second);
    released.resolve();
    await pressed;
    await own.page.getByTestId('queue-notice').getByText('Somebody else changed the queue').waitFor();
    await untilQueued(['/stream 2', '/stream 4']);
    await untilQueued(['/stream 2', '/stream 4'], second);
  });

  it('keeps the words of an edit whose prompt has begun meanwhile', async () => {
    const url = await withQueue('overtaken', '/stream 2');
    const second = await own.context.newPage();
    await second.goto(url);
    await untilQueued(['/stream 2'], second);
    await button('Edit prompt 1').click();
    await own.page.getByLabel('Text of the waiting prompt').fill('/stream 1');
    await queued(second)
      .first()
      .getByRole('button', { name: /^Send now/ })
      .click();
    await own.page.getByTestId('queue-leftover').getByText('/stream 1').waitFor();
    await button('Send as a new prompt').click();
    await endings().nth(2).waitFor();
    await expect.poll(prompts).toEqual(['/late', '/stream 2', '/stream 1']);
  });

  it('[LIM1] [LIM2] shows when the limit resets, goes on by itself if that is wanted, and sends again at once', async () => {
    await start('limit');
    await sendPrompt(own.page, '/limit 4320');
    const limit = own.page.getByTestId('limit');
    await limit.getByText(/Resets in 1 h 1[12] min/).waitFor();
    await limit.getByRole('switch').check();
    await limit.getByText(/Goes on by itself in 1 h 1[123] min/).waitFor();
    await own.page.reload();
    await limit.getByText(/Goes on by itself in/).waitFor();
    await limit.getByRole('switch').uncheck();
    await limit.getByText(/Resets in/).waitFor();
    await expect.poll(() => limit.getByRole('switch').isChecked()).toBe(false);
    await limit.getByRole('button', { name: 'Send again now' }).click();
    await endings().nth(1).waitFor();
    await expect.poll(prompts).toEqual(['/limit 4320', '/limit 4320']);
  });

  it('[ELI1] fills in a form, says in words what is missing, and shows who answered', async () => {
    await start('form');
    await sendPrompt(own.page, '/ask');
    const question = own.page.getByTestId('question');
    await question.getByRole('button', { name: 'Send answer' }).click();
    await question.getByText('3 answers need a change.').waitFor();
    await question.getByLabel('Name').fill('A page');
    await question.getByLabel('Red').check();
    await question.getByLabel('Header').check();
    await question.getByRole('button', { name: 'Send answer' }).click();
    await own.page
      .getByTestId('question-answer')
      .getByText(/answered: How shall the demo look\?/)
      .waitFor();
    await endings().first().waitFor();
    for (const said of ['Colour: Red', '"columns": 2'])
      await own.page.getByRole('log').getByText(said).first().waitFor();
  });

  it('[ELI1] answers a single choice by one key, in whichever tab', async () => {
    const url = await start('choice');
    await sendPrompt(own.page, '/ask colour');
    const second = await own.context.newPage();
    await second.goto(url);
    await second.getByTestId('question').waitFor();
    await second.getByRole('log').focus();
    await second.keyboard.press('2');
    await own.page.getByTestId('question').waitFor({ state: 'detached' });
    await endings().first().waitFor();
    await own.page.getByTestId('question-answer').getByText('Blue').waitFor();
  });

  it.runIf(isPresent(claude))('[ELI1] answers a question of Claude Code in its form', async () => {
    await startSession(own.page, own.konui, { agent: /Agent under test/, project: join(own.konui.project, 'claude') });
    await sendPrompt(own.page, '[[ask {"question":"Which colour?","options":["Red","Blue"]}]]');
    const question = own.page.getByTestId('question');
    await question.getByText('Which colour?').waitFor();
    await question.locator('[data-choice=Blue]').click();
    await endings().first().waitFor();
    await own.page.getByTestId('question-answer').getByText('Blue').waitFor();
    await expect.poll(() => own.page.getByRole('log').innerText()).toMatch(/Answer:.*Blue/s);
  });

  it('offers an interrupted prompt again with one button', async () => {
    await start('interrupted');
    await sendPrompt(own.page, '/late');
    await own.page.getByRole('log').getByText('tick1').first().waitFor();
    for (const pid of (await own.konui.pids()).runners) process.kill(pid, 'SIGKILL');
    await endings().first().getByText('Interrupted').waitFor();
    await button('Send the prompt again').click();
    await own.page.getByRole('log').getByText('tick1').nth(1).waitFor();
    await button('Stop').click();
    await endings().nth(1).waitFor();
  });
});
