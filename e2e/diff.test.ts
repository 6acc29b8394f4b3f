import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { findBrowser, isPresent, launchBrowser, type RunningKonui, startKonui } from '@konui/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { longChange } from '../packages/web/src/ui/diff/diff-samples.ts';
import { longestTask } from './longest-task.ts';
import { problemsOf } from './session-page.ts';

const chromium = findBrowser();
const LINES = 5_470;
/** The best of so many counts: other processes only ever make a round slower. */
const ROUNDS = 5;
/**
 * Of the same text in one `<pre>`, which no viewer can be faster than. A change takes several short tasks where the
 * text takes a long one, so on a busy machine it waits more often until it is painted.
 */
const MAX_RATIO = { paint: 5, longest: 2 };

const LINK = '[data-gallery=diff][data-state=long-5470]';

const timings = (): { ours: number[]; floor: number[] } => ({ ours: [], floor: [] });
const best = (all: readonly number[]): number => Math.round(Math.min(...all));

describe.runIf(isPresent(chromium))('a change of thousands of lines', () => {
  let konui: RunningKonui;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if (!chromium.available) throw new Error('unreachable');
    konui = await startKonui();
    browser = await launchBrowser(chromium.path);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  });
  afterAll(async () => {
    await browser.close();
    await konui.close();
  });

  /** Milliseconds until the change or, in its place, the plain text has been painted. */
  async function paintMs(text?: string): Promise<number> {
    await page.goto(`${konui.url}/dev/gallery`);
    await page.locator(LINK).waitFor();
    return page.evaluate(timeToPaint, { link: LINK, text });
  }

  it(`is painted nearly as fast as its plain text, without a long task (${LINES} lines)`, async () => {
    const { oldText, newText } = longChange(LINES);
    const text = `${oldText}${newText}`.split('\n').slice(0, LINES).join('\n');
    const [paint, longest] = [timings(), timings()];
    for (let round = 0; round < ROUNDS; round++) {
      paint.ours.push(await paintMs());
      paint.floor.push(await paintMs(text));
      // Tracing costs time of its own: it is no part of the rounds before.
      longest.ours.push(await longestTask(browser, page, () => paintMs()));
      longest.floor.push(await longestTask(browser, page, () => paintMs(text)));
    }
    const ratio = { paint: best(paint.ours) / best(paint.floor), longest: best(longest.ours) / best(longest.floor) };
    process.stdout.write(
      `diff of ${LINES} lines: paint ours ${best(paint.ours)} ms, target 100 ms, plain text ${best(paint.floor)} ms; ` +
        `longest task ours ${best(longest.ours)} ms, target 60 ms, plain text ${best(longest.floor)} ms\n`,
    );
    expect(ratio.paint).toBeLessThanOrEqual(MAX_RATIO.paint);
    expect(ratio.longest).toBeLessThanOrEqual(MAX_RATIO.longest);
  });

  it('has only the rows in sight in the page, and can be scrolled to its end by keyboard', async () => {
    await page.goto(`${konui.url}/dev/gallery/diff/long-5470`);
    const region = page.getByRole('region', { name: 'Changes in src/settings.js' });
    await region.locator('.diff-row').first().waitFor();
    expect(await region.locator('.diff-row').count()).toBeLessThan(200);
    await region.focus();
    await page.keyboard.press('End');
    await region.getByText('item 28707').first().waitFor();
    expect(await region.locator('.diff-row').count()).toBeLessThan(200);
  });

  it.each(['diff/hostile', 'diff/huge-line', 'terminal-text/hostile', 'tool-call/hostile', 'permission/hostile'])(
    'hostile names, texts and output run nothing, load nothing and break nothing on a phone: %s',
    async (path) => {
      const phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
      onTestFinished(() => phone.close());
      const problems = problemsOf(phone);
      const foreign: string[] = [];
      phone.on('dialog', (dialog) => {
        problems.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      phone.on('request', (request) => {
        if (!request.url().startsWith(konui.url)) foreign.push(request.url());
      });
      await phone.goto(`${konui.url}/dev/gallery/${path}`);
      await phone.locator('main [data-testid]').first().waitFor();
      await phone.waitForLoadState('networkidle');
      expect(await phone.evaluate(() => document.scrollingElement?.scrollWidth)).toBeLessThanOrEqual(390);
      const made = phone.locator('main :is(script, img, iframe), main a:not([href^="https://"], [href^="/"])');
      expect(await made.count()).toBe(0);
      // What turns the direction of a name or a change is shown by its number.
      expect(await phone.getByText('\u202egpj').count()).toBe(0);
      expect(foreign).toEqual([]);
      expect(problems).toEqual([]);
    },
  );
});

describe('the part of the app that shows changes', () => {
  const dist = join(import.meta.dirname, '../packages/web/dist');
  const assets = join(dist, 'assets');

  /** A chunk and all that it imports at once. */
  function withImports(name: string, found = new Set<string>()): Set<string> {
    if (found.has(name)) return found;
    found.add(name);
    const imports = readFileSync(join(assets, name), 'utf8').matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g);
    for (const [, imported = ''] of imports) withImports(imported, found);
    return found;
  }

  it('is within its budget, compressed', () => {
    const ofPages: Record<string, string[]> = JSON.parse(readFileSync(join(dist, 'first-files.json'), 'utf8'));
    const known = new Set<string>();
    for (const file of ofPages['s'] ?? []) withImports(file.replace('assets/', ''), known);
    const view = readdirSync(assets).find((name) => /^diff-view-.*\.js$/.test(name)) ?? '';
    const lazy = [...withImports(view)].filter((name) => !known.has(name));
    const bytes = lazy.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name)), { level: 9 }).length, 0);
    process.stdout.write(
      `diff, lazy part, gzip: ours ${(bytes / 1024).toFixed(1)} KB, target 12 KB (${lazy.join(', ')})\n`,
    );
    expect(lazy.length).toBeGreaterThan(0);
    expect(bytes / 1024).toBeLessThanOrEqual(12);
  });
});

/** Runs in the page: milliseconds from a press of `link`, or from putting `text` into a `<pre>`, until it is painted. */
async function timeToPaint({ link, text }: { link: string; text: string | undefined }): Promise<number> {
  const start = performance.now();
  if (text === undefined) document.querySelector<HTMLElement>(link)?.click();
  else {
    const pre = document.createElement('pre');
    pre.textContent = text;
    document.querySelector('main')?.replaceChildren(pre);
  }
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  while (document.querySelector(text === undefined ? '.diff-row' : 'pre') === null) await frame();
  await frame();
  // A task of its own after the frame: by then it is painted.
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
  return performance.now() - start;
}
