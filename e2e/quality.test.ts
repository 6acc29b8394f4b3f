import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { findBrowser, isPresent, launchBrowser, type RunningKonui, startKonui } from '@konui/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProblems } from './page-problems.ts';
import { sendPrompt, startSession } from './session-page.ts';

const chromium = findBrowser();
describe.runIf(isPresent(chromium))('every page', () => {
  let konui: RunningKonui;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    if (!chromium.available) throw new Error('unreachable');
    konui = await startKonui();
    browser = await launchBrowser(chromium.path);
    // The page's own policy lets no foreign script in; axe has to get past it.
    context = await browser.newContext({ bypassCSP: true });
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await konui.close();
  });

  const problems = () => findProblems(page);
  const start = (name: string) => startSession(page, konui, { agent: /Demo/, project: join(konui.project, name) });
  const allow = () => page.getByTestId('permission').locator('[data-option-kind=allow_once]').click();
  const stop = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByTestId('run-end').last().waitFor();
  };

  it('would be noticed if it had a violation or did not fit a phone', async () => {
    await page.goto(konui.url);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.evaluate(() => {
      const picture = document.createElement('img');
      picture.style.width = '2000px';
      document.querySelector('main')?.append(picture);
    });
    const found = (await problems()).join('\n');
    expect(found).toContain('image-alt');
    expect(found).toContain('390 px dark: wider than the page');
  });

  it('tells when the largest content of the overview is painted on a 4× slower CPU and slow 4G', async () => {
    const newcomer = await browser.newContext();
    const slow = await newcomer.newPage();
    const cdp = await newcomer.newCDPSession(slow);
    // Chromium's own figures for slow 4G.
    const network = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 96_000 };
    await cdp.send('Network.emulateNetworkConditions', network);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await slow.goto(konui.link);
    await slow.getByRole('heading', { name: 'Overview' }).waitFor();
    const paintMs = await slow.evaluate(largestPaintMs);
    process.stdout.write(`LCP, 4× slower CPU, slow 4G: ours ${paintMs.toFixed(0)} ms, target 1264 ms\n`);
    expect(paintMs).toBeGreaterThan(0);
    await newcomer.close();
  });

  it('is free of WCAG 2.2 AA violations and fits a phone: sign-in', async () => {
    await page.goto(konui.url);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await problems()).toEqual([]);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Paste the link').first().waitFor();
    expect(await problems()).toEqual([]);
  });

  it('is free of WCAG 2.2 AA violations and fits a phone: overview and new session', async () => {
    await page.goto(konui.link);
    await page.getByRole('heading', { name: 'Nothing here yet' }).waitFor();
    expect(await problems()).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('link', { name: 'New session' }).first().click();
    await page.getByRole('radio', { name: /Demo/ }).waitFor();
    expect(await problems()).toEqual([]);
    await page.getByRole('button', { name: 'Choose…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Choose this folder' }).waitFor();
    expect(await problems()).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('is free of WCAG 2.2 AA violations and fits a phone: conversation with tools, change and permission', async () => {
    await start('a-folder-with-a-name-that-is-far-too-long-for-any-phone-that-was-ever-made');
    expect(await problems()).toEqual([]);
    await sendPrompt(page, `/edit ${'with-a-word-that-has-no-end'.repeat(8)}`);
    await page.getByTestId('permission').waitFor();
    expect(await problems()).toEqual([]);
    await allow();
    await page.getByTestId('run-end').first().waitFor();
    await page.getByTestId('diff').first().waitFor();
    await sendPrompt(page, `/run echo ${'long-output-'.repeat(30)}`);
    await allow();
    await page.getByTestId('run-end').nth(1).waitFor();
    await page.getByTestId('tool').last().getByRole('button').first().click();
    expect(await problems()).toEqual([]);
  });

  it('is free of WCAG 2.2 AA violations and fits a phone: waiting prompts, held and edited', async () => {
    await start('queue');
    await sendPrompt(page, '/late');
    await page.getByRole('log').getByText('tick1').first().waitFor();
    await sendPrompt(page, 'Write the tests for the parser and then those for the printer. '.repeat(6));
    await sendPrompt(page, '/stream-with-a-word-that-has-no-end-'.repeat(8));
    await page.getByTestId('queued-prompt').nth(1).waitFor();
    expect(await problems()).toEqual([]);
    await page.getByRole('button', { name: 'Edit prompt 1' }).click();
    expect(await problems()).toEqual([]);
    await page.keyboard.press('Escape');
    await stop();
    await page.getByTestId('queue-hold').waitFor();
    expect(await problems()).toEqual([]);
    await page.goto(konui.url);
    await page.getByRole('main').getByText('2 prompts on hold').waitFor();
    expect(await problems()).toEqual([]);
  });

  it('is free of WCAG 2.2 AA violations and fits a phone: questions', async () => {
    await start('question');
    await sendPrompt(page, '/ask');
    await page.getByTestId('question').waitFor();
    expect(await problems()).toEqual([]);
    await page.getByRole('button', { name: 'Send answer' }).click();
    await page.getByText('3 answers need a change.').waitFor();
    expect(await problems()).toEqual([]);
    await page.getByRole('button', { name: 'Decline' }).click();
    await page.getByTestId('run-end').first().waitFor();
    await sendPrompt(page, '/ask colour');
    await page.locator('[data-choice=blue]').waitFor();
    expect(await problems()).toEqual([]);
    await page.locator('[data-choice=blue]').click();
    await page.getByTestId('run-end').nth(1).waitFor();
    expect(await problems()).toEqual([]);
  });

  it('is free of WCAG 2.2 AA violations and fits a phone: limits and failures', async () => {
    await start('limit');
    await sendPrompt(page, '/fail The model is not available in your region.');
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await problems()).toEqual([]);
    await sendPrompt(page, '/limit 4320');
    await page.getByTestId('limit').waitFor();
    expect(await problems()).toEqual([]);
    await page.getByRole('switch').check();
    await page.getByText('Goes on by itself in').waitFor();
    expect(await problems()).toEqual([]);
  });
});

describe('the size of what is loaded first, compressed', () => {
  const dist = join(import.meta.dirname, '../packages/web/dist');
  const kilobytes = (names: readonly string[]): number =>
    names.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name)), { level: 9 }).length, 0) / 1024;
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const ofAll = (ending: string) =>
    readdirSync(join(dist, 'assets'))
      .filter((name) => name.endsWith(ending) && html.includes(name))
      .map((name) => `assets/${name}`);
  /** By the first name of its address: what a page needs besides what every page has. */
  const ofPages: Record<string, string[]> = JSON.parse(readFileSync(join(dist, 'first-files.json'), 'utf8'));
  const check = (what: string, names: readonly string[], { target, most }: { target: number; most: number }): void => {
    const ours = kilobytes(names);
    process.stdout.write(
      `first load, ${what}, gzip: ours ${ours.toFixed(1)} KB, target ${target} KB (${names.join(', ')})\n`,
    );
    expect(names).not.toEqual([]);
    expect(ours).toBeLessThanOrEqual(most);
  };

  it('style sheets are within their budget', () => {
    check('style sheets', ofAll('.css'), { target: 12, most: 12 });
  });

  it('the JavaScript of the overview is within its budget, in files that fit into the connections of a browser', () => {
    const names = [...ofAll('.js'), ...(ofPages[''] ?? [])];
    check('JavaScript of the overview', names, { target: 75, most: 75 });
    // Six at a time, with the style sheet.
    expect(names.length).toBeLessThanOrEqual(5);
  });

  it('the JavaScript of a conversation grows no further beyond its target', () => {
    // Half of it reads Markdown (12 KB), checks what comes (12 KB), draws (12 KB), and keeps what is sent (10 KB).
    const names = [...ofAll('.js'), ...(ofPages['s'] ?? [])];
    check('JavaScript of a conversation', names, { target: 75, most: 116 });
    expect(names.length).toBeLessThanOrEqual(5);
  });
});

/** Runs in the page: when the largest content so far was painted, in milliseconds since the navigation. */
function largestPaintMs(): Promise<number> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      observer.disconnect();
      resolve(list.getEntries().at(-1)?.startTime ?? 0);
    });
    observer.observe({ type: 'largest-contentful-paint', buffered: true });
  });
}
