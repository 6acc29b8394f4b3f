import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, isPresent, launchBrowser, type RunningKonui, startKonui } from '@konui/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProblems } from './page-problems.ts';

const chromium = findBrowser();
/** Where the pictures go, for a person to look at; not kept in the repository. */
const pictures = join(import.meta.dirname, '.pictures');

describe.runIf(isPresent(chromium))('the gallery', () => {
  let konui: RunningKonui;
  let browser: Browser;
  let page: Page;
  const said: string[] = [];

  beforeAll(async () => {
    if (!chromium.available) throw new Error('unreachable');
    mkdirSync(pictures, { recursive: true });
    konui = await startKonui();
    browser = await launchBrowser(chromium.path);
    // The page's own policy lets no foreign script in; axe has to get past it.
    page = await (await browser.newContext({ bypassCSP: true })).newPage();
    page.on('pageerror', (error) => said.push(error.message));
  });
  afterAll(async () => {
    await browser.close();
    await konui.close();
  });

  it('photographs every component in every state, in both themes and sizes; axe finds nothing and all fits', async () => {
    await page.goto(`${konui.url}/dev/gallery`);
    await page.locator('[data-gallery]').first().waitFor();
    const links = await page.locator('[data-gallery]').evaluateAll((all) =>
      all.map((link) => ({
        name: link.getAttribute('data-gallery') ?? '',
        state: link.getAttribute('data-state') ?? '',
        isAlone: link.getAttribute('data-alone') === 'true',
      })),
    );
    const paths = new Set(links.map(({ name, state, isAlone }) => (isAlone ? `${name}/${state}` : name)));
    const found: string[] = [];
    for (const path of paths) {
      await page.goto(`${konui.url}/dev/gallery/${path}`);
      await page.locator('#app > *').first().waitFor();
      await page.waitForLoadState('networkidle');
      const problems = await findProblems(page, async (view) => {
        await page.screenshot({ path: join(pictures, `${path.replace('/', '-')}-${view}.png`), fullPage: true });
      });
      found.push(...problems.map((problem) => `${path}: ${problem}`));
    }
    process.stdout.write(
      `gallery: ${links.length} states of ${new Set(links.map(({ name }) => name)).size} components, ${paths.size * 4} pictures\n`,
    );
    expect(links.length).toBeGreaterThan(50);
    expect(found).toEqual([]);
    expect(said).toEqual([]);
  }, 900_000);
});
