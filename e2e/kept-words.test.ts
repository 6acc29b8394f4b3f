import { findBrowser, isPresent } from '@konui/testing';
import { describe, expect, it } from 'vitest';
import { sendPrompt } from './session-page.ts';
import { sessionParts } from './session-parts.ts';
import { useKonuiPage } from './use-konui-page.ts';

const chromium = findBrowser();

describe.runIf(isPresent(chromium))('a half-written reason of a rejection', () => {
  const own = useKonuiPage();
  const { button, endings, start } = sessionParts(own);
  const permission = () => own.page.getByTestId('permission');
  const reason = () => permission().getByRole('textbox', { name: 'What should the agent do instead?' });

  it('is kept over a reload, and offered as a prompt when somebody else has answered meanwhile', async () => {
    const url = await start('overtaken-reason');
    await sendPrompt(own.page, '/run echo one');
    await permission().getByRole('button', { name: 'Reject with a reason' }).click();
    await reason().fill('/stream 2');
    await own.page.reload();
    await expect.poll(() => reason().inputValue()).toBe('/stream 2');
    const second = await own.context.newPage();
    await second.goto(url);
    const elsewhere = second.getByTestId('permission');
    await elsewhere
      .getByRole('button', { name: /^Allow/ })
      .first()
      .click();
    const kept = own.page.getByTestId('leftover-reason');
    await kept.getByText('/stream 2').waitFor();
    await endings().first().waitFor();
    await own.page.reload();
    await kept.getByText('/stream 2').waitFor();
    // The other tab has written nothing.
    expect(await second.getByTestId('leftover-reason').count()).toBe(0);
    await button('Send as a new prompt').click();
    await kept.waitFor({ state: 'detached' });
    await endings().nth(1).waitFor();
    await expect
      .poll(() => own.page.getByTestId('prompt').locator('.prompt-text').allInnerTexts())
      .toEqual(['/run echo one', '/stream 2']);
  });

  it('is gone once it was given, or thrown away', async () => {
    await start('given-reason');
    await sendPrompt(own.page, '/run echo one');
    await permission().getByRole('button', { name: 'Reject with a reason' }).click();
    await reason().fill('not now');
    await permission().getByRole('checkbox').uncheck();
    await button('Reject').click();
    await own.page.getByTestId('permission-answer').getByText('not now').waitFor();
    await endings().first().waitFor();
    await own.page.reload();
    await own.page.getByTestId('permission-answer').getByText('not now').waitFor();
    expect(await own.page.getByTestId('leftover-reason').count()).toBe(0);
  });
});
