import { join } from 'node:path';
import { findBrowser, isPresent, launchBrowser, type RunningKonui, startKonui } from '@konui/testing';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problemsOf, sendPrompt, startSession } from './session-page.ts';

const chromium = findBrowser();

/** 200 pieces a second for three seconds. */
const STREAM = '/markdown 5 600';

describe.runIf(isPresent(chromium))('an answer that streams into the page', () => {
  let konui: RunningKonui;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let cdp: CDPSession;
  let problems: string[];
  let sessions = 0;

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
    cdp = await context.newCDPSession(page);
    problems = problemsOf(page);
    sessions += 1;
    await startSession(page, konui, { agent: /Demo/, project: join(konui.project, `stream-${sessions}`) });
  });
  afterEach(async () => {
    await context.close();
    if (problems.length > 0) throw new Error(`the page reported:\n${problems.join('\n')}`);
  });

  const ended = (count: number) =>
    page
      .getByTestId('run-end')
      .nth(count - 1)
      .waitFor();
  const print = (what: string, ours: number, target: string): void => {
    process.stdout.write(`${what}: ours ${ours.toFixed(1)}, target ${target}\n`);
  };

  it.each([
    ['desktop', 1, '≤ 17 ms'],
    ['4× slower CPU', 4, '≤ 50 ms'],
  ])('keeps the frames coming at 200 pieces a second: %s', async (name, rate, target) => {
    await cdp.send('Emulation.setCPUThrottlingRate', { rate });
    const floor = await page.evaluate(frameGapsOf, 120);
    await page.evaluate(startFrameGaps);
    await sendPrompt(page, STREAM);
    await ended(1);
    const gaps = await page.evaluate(endFrameGaps);
    const ours = percentile(gaps, 99);
    print(`p99 frame gap, ${name} (idle page ${percentile(floor, 99).toFixed(1)} ms)`, ours, target);
    // Enough of them for the ninetieth percentile to say something.
    expect(gaps.length).toBeGreaterThan(10);
    // The machine is shared: what an idle page loses, a streaming one may lose some times over.
    expect(percentile(gaps, 90)).toBeLessThan(8 * percentile(floor, 90) + 50 * rate);
  });

  it('answers keys while it streams', async () => {
    await page.evaluate(startKeyTimes);
    await sendPrompt(page, STREAM);
    await page.getByTestId('message').first().waitFor();
    const field = page.getByLabel('Prompt', { exact: true });
    await field.pressSequentially('words that are typed while an answer comes', { delay: 30 });
    await ended(1);
    const times = await page.evaluate(endKeyTimes);
    print('INP p98 while streaming and typing', percentile(times, 98), '≤ 56 ms (≤ 130 ms on a 4× slower CPU)');
    expect(await field.inputValue()).toContain('while an answer comes');
  });

  it('needs little script for 50 KB in 10,000 pieces', async () => {
    const before = await scriptSeconds(cdp);
    await sendPrompt(page, '/markdown 0 10000');
    await ended(1);
    const seconds = (await scriptSeconds(cdp)) - before;
    print('script time for 50 KB in 10,000 pieces', seconds, '≤ 4 s');
    await expect.poll(() => page.getByTestId('message').innerText()).toContain('const answer = 6 * 7;');
  });

  it('moves nothing under a reader who has scrolled up', async () => {
    await sendPrompt(page, '/markdown 0 2000');
    await ended(1);
    await sendPrompt(page, STREAM);
    await page.getByTestId('message').nth(1).waitFor();
    await page.evaluate(scrollUp, 1500);
    const before = await page.evaluate(placeOf, '[data-testid=message] h4');
    await ended(2);
    // A scroller stands at whole pixels and heights of rows are none: what is read stays within one rounding of its place.
    // It does not add up: over 6,000 px that came below, it was anywhere between 0 and 0.81 px, and 0.34 at the end.
    const drift = Math.abs(Number(await page.evaluate(placeOf, '[data-testid=message] h4')) - Number(before));
    print('scroll drift while streaming, px', drift, '0 px');
    expect(drift).toBeLessThan(1);
  });

  it('moves nothing when earlier rows come before what is read, and brings them by itself', async () => {
    await page.goto(`${konui.url}/dev/gallery/transcript/long`);
    await page.getByText('Message 400').waitFor();
    await expect.poll(() => page.locator('[data-seq]').count()).toBe(120);
    await page.evaluate(scrollUp, 1_000_000);
    const first = '[data-seq="285"]';
    const before = await page.evaluate(placeOf, first);
    await page.locator('[data-seq="200"]').waitFor({ state: 'attached' });
    expect(await page.evaluate(placeOf, first)).toBe(before);
  });

  it('goes to the moment that a link names', async () => {
    await page.goto(`${konui.url}/dev/gallery/transcript/moment`);
    const row = page.locator('[data-seq="37"][data-moment]');
    await expect.poll(() => row.evaluate((element) => element.getBoundingClientRect().top)).toBeGreaterThan(0);
    await expect.poll(() => row.evaluate((element) => element.getBoundingClientRect().bottom)).toBeLessThan(800);
  });

  it('keeps no memory of the way an answer came', async () => {
    const heaps: number[] = [];
    for (let run = 1; run <= 4; run++) {
      await sendPrompt(page, '/markdown 0 2000');
      await ended(run);
      await cdp.send('HeapProfiler.collectGarbage');
      const { usedSize } = await cdp.send('Runtime.getHeapUsage');
      heaps.push(usedSize / 1024 / 1024);
    }
    const growth = (heaps[3] ?? 0) - (heaps[1] ?? 0);
    process.stdout.write(
      `heap after each of four equal answers of 10 KB: ${heaps.map((mb) => mb.toFixed(1)).join(', ')} MB\n`,
    );
    // Two answers of 10 KB are elements and tokens; keeping 2000 states of each would be 40 MB of text.
    expect(growth).toBeLessThan(12);
  });

  it('runs nothing, loads nothing and breaks no layout, whatever an agent writes', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      for (const gallery of ['markdown', 'message']) {
        await page.goto(`${konui.url}/dev/gallery/${gallery}/hostile`);
        await page.getByText('Turned around').first().waitFor();
        expect(await page.title()).not.toContain('owned');
        await expect
          .poll(() => page.evaluate(() => document.scrollingElement?.scrollWidth ?? 0))
          .toBeLessThanOrEqual(width);
        await expect.poll(() => page.evaluate(tooWide)).toEqual([]);
      }
    }
    expect(asked.filter((url) => !url.startsWith(konui.url) && !url.startsWith('blob:'))).toEqual([]);
    expect(await page.locator('a[href^="javascript:" i], a[href^="data:" i], a[href^="file:" i]').count()).toBe(0);
  });
});

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}

async function scriptSeconds(cdp: CDPSession): Promise<number> {
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0;
}

interface Measuring extends Window {
  konuiGaps?: number[];
  konuiKeys?: number[];
  konuiStop?: () => void;
}

/** Runs in the page: the gaps between so many frames of the page as it is. */
function frameGapsOf(count: number): Promise<number[]> {
  return new Promise((resolve) => {
    const gaps: number[] = [];
    let last = performance.now();
    const frame = (): void => {
      const now = performance.now();
      gaps.push(now - last);
      last = now;
      if (gaps.length < count) requestAnimationFrame(frame);
      else resolve(gaps);
    };
    requestAnimationFrame(frame);
  });
}

function startFrameGaps(): void {
  const measuring: Measuring = window;
  const gaps: number[] = (measuring.konuiGaps = []);
  let last = performance.now();
  let isRunning = true;
  measuring.konuiStop = () => {
    isRunning = false;
  };
  const frame = (): void => {
    const now = performance.now();
    gaps.push(now - last);
    last = now;
    if (isRunning) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

function endFrameGaps(): number[] {
  const measuring: Measuring = window;
  measuring.konuiStop?.();
  return measuring.konuiGaps ?? [];
}

function startKeyTimes(): void {
  const measuring: Measuring = window;
  const times: number[] = (measuring.konuiKeys = []);
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (/^key|^input/.test(entry.name)) times.push(entry.duration);
  });
  observer.observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  measuring.konuiStop = () => observer.disconnect();
}

function endKeyTimes(): number[] {
  const measuring: Measuring = window;
  measuring.konuiStop?.();
  return measuring.konuiKeys ?? [];
}

/** Runs in the page. */
function scrollUp(pixels: number): void {
  document.querySelector('[role=log]')?.scrollBy(0, -pixels);
}

/** Runs in the page: where the first such element stands, in pixels from the top. */
function placeOf(selector: string): number | undefined {
  return document.querySelector(selector)?.getBoundingClientRect().top;
}

/** Runs in the page: what reaches beyond it and cannot be scrolled on its own. */
function tooWide(): string[] {
  return [...document.querySelectorAll<HTMLElement>('main *')]
    .filter(({ tagName }) => tagName !== 'PRE')
    .filter((element) => element.closest('pre, .table-scroll, .thought-line') === null)
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3)
    .map(({ tagName, className }) => `${tagName}.${className}`);
}
