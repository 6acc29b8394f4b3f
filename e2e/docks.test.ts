import { findBrowser, isPresent } from '@konui/testing';
import { describe, expect, it } from 'vitest';
import { sendPrompt } from './session-page.ts';
import { sessionParts } from './session-parts.ts';
import { useKonuiPage } from './use-konui-page.ts';

const chromium = findBrowser();
const LONG = `echo ${Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ')}`;

describe.runIf(isPresent(chromium))('what a session says of itself', () => {
  const own = useKonuiPage();
  const { button, endings, start } = sessionParts(own);
  const allow = () =>
    own.page
      .getByTestId('permission')
      .getByRole('button', { name: /^Allow/ })
      .first()
      .click();

  it('once the limit should have reset it says so calmly, and offers to go on now', async () => {
    await start('past-limit');
    await sendPrompt(own.page, '/limit 2');
    const limit = own.page.getByTestId('limit');
    await limit.getByText('The agent’s quota should have reset').waitFor();
    expect(await limit.getByRole('switch').count()).toBe(0);
    await expect.poll(() => limit.locator('.button.primary').innerText()).toBe('Send again');
    const state = own.page.getByTestId('session-state');
    await state.getByText('quota should be back').waitFor();
    expect(await state.locator('.trouble').count()).toBe(0);
    await button('Send again').click();
    await endings().nth(1).waitFor();
  });

  it('removes every waiting prompt at once, and brings all of them back in their order', async () => {
    await start('remove-all');
    await sendPrompt(own.page, '/late');
    await own.page.getByRole('log').getByText('tick1').first().waitFor();
    const queued = () => own.page.getByTestId('queued-prompt');
    const texts = ['/stream 2', '/stream 3', '/stream 4'];
    for (const [index, text] of texts.entries()) {
      await sendPrompt(own.page, text);
      await queued().nth(index).waitFor();
    }
    await button('Remove all').click();
    await own.page.getByText('3 prompts removed.').waitFor();
    await expect.poll(() => queued().count()).toBe(0);
    await button('Undo').click();
    await expect.poll(() => queued().locator('.queue-text').allInnerTexts()).toEqual(texts);
    await button('Stop').click();
    await endings().first().waitFor();
  });

  it('shows the last lines of a command below its row while it runs, and when it has failed', async () => {
    await start('live-output');
    await sendPrompt(own.page, '/run for i in 1 2 3 4 5 6 7 8; do echo line$i; done; read x < /dev/null; sleep 600');
    await allow();
    const tail = own.page.getByTestId('tool-tail');
    await tail.getByText('line8').waitFor();
    expect((await tail.innerText()).split('\n')).toEqual(['line4', 'line5', 'line6', 'line7', 'line8']);
    await button('Stop').click();
    await endings().first().waitFor();
    await tail.waitFor({ state: 'detached' });
    await sendPrompt(own.page, '/run echo it broke; exit 4');
    await allow();
    await endings().nth(1).waitFor();
    await tail.getByText('it broke').waitFor();
    await own.page.getByTestId('tool').last().getByRole('button').first().click();
    await tail.waitFor({ state: 'detached' });
    await sendPrompt(own.page, '/run rm -rf nothing');
    await own.page
      .getByTestId('permission')
      .getByRole('button', { name: /^Reject/ })
      .first()
      .click();
    await endings().nth(2).waitFor();
    expect(await tail.count()).toBe(0);
  });

  it('the line of an answer shows two lines of a long command, its tick at the first', async () => {
    await start('long-command');
    await sendPrompt(own.page, `/run ${LONG}`);
    await allow();
    const line = own.page.getByTestId('permission-answer');
    await line.waitFor();
    const { height, iconTop, lineHeight } = await line.evaluate((element) => ({
      height: element.getBoundingClientRect().height,
      lineHeight: Number.parseFloat(getComputedStyle(element).lineHeight),
      iconTop: (element.querySelector('.icon')?.getBoundingClientRect().top ?? 0) - element.getBoundingClientRect().top,
    }));
    expect(height).toBeLessThan(2.5 * lineHeight);
    expect(height).toBeGreaterThan(1.5 * lineHeight);
    expect(iconTop).toBeLessThan(lineHeight / 2);
  });

  it('texts that people write have the direction of their words', async () => {
    await start('directions');
    await sendPrompt(own.page, '/late');
    await own.page.getByRole('log').getByText('tick1').first().waitFor();
    await sendPrompt(own.page, 'שלום עולם');
    const text = own.page.locator('.queue-text');
    await text.waitFor();
    expect(await text.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
    const sent = own.page.getByTestId('prompt').locator('.prompt-text');
    expect(await sent.evaluate((element) => getComputedStyle(element).direction)).toBe('ltr');
    await button('Remove prompt 1').click();
    await button('Stop').click();
    await endings().first().waitFor();
  });
});
