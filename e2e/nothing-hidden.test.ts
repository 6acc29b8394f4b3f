import { findBrowser, isPresent } from '@konui/testing';
import { describe, expect, it } from 'vitest';
import { useKonuiPage } from './use-konui-page.ts';

const chromium = findBrowser();

describe.runIf(isPresent(chromium))('what is there can be seen', () => {
  const own = useKonuiPage();
  const show = async (component: string, width: number): Promise<void> => {
    await own.page.setViewportSize({ width, height: 700 });
    await own.page.goto(`${own.konui.url}/dev/gallery/${component}`);
  };

  it.each([1280, 390])('the menu of a message stands in a line of its own, at %d px', async (width) => {
    await show('transcript/short', width);
    const messages = own.page.locator('.message');
    await messages.first().hover();
    const menu = await messages.first().locator('.row-menu').boundingBox();
    const [above, below] = [await messages.nth(0).boundingBox(), await messages.nth(1).boundingBox()];
    expect(menu?.y).toBeGreaterThanOrEqual((above?.y ?? 0) + (above?.height ?? 0));
    expect((menu?.y ?? 0) + (menu?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
  });

  it('a form that is cut, and options that are, say that there is more, until their end', async () => {
    await show('docks/question', 390);
    const fields = own.page.locator('.question-fields');
    await own.page.locator('.question-fields[data-more=after]').waitFor();
    await fields.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await own.page.locator('.question-fields[data-more=before]').waitFor();
    await show('composer/running', 390);
    const options = own.page.locator('.option-row');
    await own.page.locator('.option-row[data-more=after]').waitFor();
    expect(await options.evaluate((element) => getComputedStyle(element).maskImage)).toContain('gradient');
    await own.page.setViewportSize({ width: 1280, height: 700 });
    await own.page.locator('.option-row:not([data-more])').waitFor();
  });
});
