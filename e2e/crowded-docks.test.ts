import { createApi } from '@konui/client';
import { findBrowser, isPresent } from '@konui/testing';
import { describe, expect, it } from 'vitest';
import { sendPrompt } from './session-page.ts';
import { createSession, PHONE } from './shell-page.ts';
import { useKonuiPage } from './use-konui-page.ts';

const chromium = findBrowser();

describe.runIf(isPresent(chromium))('a permission above a plan and a long queue', () => {
  const own = useKonuiPage();

  it('shows every answer whole, on a desktop and on a phone, and what is edited in the queue too', async () => {
    const { page, konui } = own;
    const api = createApi({ baseUrl: konui.url, token: konui.token });
    const sessionId = await createSession(konui, api, { title: 'Crowded' });
    await page.goto(konui.link);
    await page.goto(`${konui.url}/s/${sessionId}`);
    await sendPrompt(page, 'please show me everything');
    const answers = page.locator('.permission-options');
    await answers.waitFor();
    for (let index = 1; index < 10; index += 1) await sendPrompt(page, `prompt ${index} that waits for its turn`);
    await page.getByText('9 prompts wait').waitFor();
    const hiddenPixels = (): Promise<number> => answers.evaluate((all) => all.scrollHeight - all.clientHeight);
    await expect.poll(hiddenPixels).toBe(0);
    await page.setViewportSize(PHONE);
    await expect.poll(hiddenPixels).toBe(0);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('button', { name: 'Edit prompt 1', exact: true }).click();
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await save.waitFor();
    await expect.poll(() => save.evaluate(isWhole)).toBe(true);
    await expect.poll(hiddenPixels).toBe(0);
  });
});

/** Nothing that scrolls or ends cuts any of it off. */
function isWhole(element: Element): boolean {
  const box = element.getBoundingClientRect();
  for (let around = element.parentElement; around !== null; around = around.parentElement) {
    const limits = around.getBoundingClientRect();
    if (getComputedStyle(around).overflowY !== 'visible' && (box.bottom > limits.bottom || box.top < limits.top))
      return false;
  }
  return true;
}
