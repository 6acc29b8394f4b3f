import { readFileSync } from 'node:fs';
import { homePaths, parseSessionEvent, type SessionEvent, sessionPaths } from '@konui/protocol';
import { findBrowser, isPresent, launchBrowser, type RunningKonui, startKonui } from '@konui/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeLongSession } from '../bench/long-session.ts';

const EVENTS = 10_000;
const chromium = findBrowser();

describe.runIf(isPresent(chromium))('a session of 10,000 events', () => {
  let konui: RunningKonui;
  let browser: Browser;
  let page: Page;
  let sessionId: string;
  let log: SessionEvent[];

  beforeAll(async () => {
    if (!chromium.available) throw new Error('unreachable');
    konui = await startKonui();
    // The host reads what is there when it starts.
    await konui.command('stop');
    const paths = homePaths(konui.home, { uid: process.getuid?.() ?? 0 });
    const id = writeLongSession(paths, EVENTS);
    sessionId = id;
    const lines = readFileSync(sessionPaths(paths, id).log, 'utf8').trimEnd().split('\n');
    log = lines.flatMap((line) => parseSessionEvent(line) ?? []);
    await konui.start();
    browser = await launchBrowser(chromium.path);
    page = await browser.newPage();
    await page.goto(konui.link);
    await page.getByRole('link', { name: 'New session' }).first().waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await konui.close();
  });

  const open = (query = '') => page.goto(`${konui.url}/s/${sessionId}${query}`);
  const lastWord = () => page.getByText(`word ${String(lastRun())}.59`).last();
  const lastRun = () => log.filter(({ kind }) => kind === 'run_started').length;
  const scroller = () => page.getByRole('log');
  /** The numbers of the prompts that the page shows, from top to bottom. */
  const prompts = async (): Promise<number[]> => {
    const texts = await scroller()
      .getByText(/^Prompt \d+$/)
      .allTextContents();
    return texts.map((text) => Number(text.replace('Prompt ', '')));
  };

  it('[HIST1] [HIST2] is ready from a tail of at most 10 KB, faster than by all of it', async () => {
    const pages: { bytes: number; url: string }[] = [];
    page.on('response', async (response) => {
      if (!response.url().includes('/history')) return;
      const answer: unknown = await response.json().catch(() => undefined);
      pages.push({ bytes: Buffer.byteLength(JSON.stringify(Object(answer).events)), url: response.url() });
    });
    await open();
    await lastWord().waitFor();
    const readyMs = await page.evaluate(() => performance.now());
    const replayMs = await page.evaluate(replayAll, { url: konui.url, token: konui.token, sessionId });
    const tailMs = await page.evaluate(fetchTail, { url: konui.url, token: konui.token, sessionId });
    // What the browser, the machine and this way of measuring need for a page of next to nothing.
    await page.goto(`${konui.url}/favicon.svg`);
    const emptyMs = await page.evaluate(() => performance.now());
    const [tail] = pages;
    if (tail === undefined) throw new Error('no page of history was fetched');
    const kilobytes = (tail.bytes / 1024).toFixed(1);
    say(
      `ready in ours ${Math.round(readyMs)} ms, target 300 ms, an empty page in ${Math.round(emptyMs)} ms; tail ours ${kilobytes} KB, target 10 KB`,
    );
    say(`its end in ${Math.round(tailMs)} ms, all of it in ${Math.round(replayMs)} ms`);
    expect(tail.bytes).toBeLessThanOrEqual(10 * 1024);
    expect(tailMs).toBeLessThan(replayMs);
  });

  it('[HIST1] shows everything that the log holds to a reader who scrolls up, nothing twice, and nothing moves', async () => {
    await open();
    await lastWord().waitFor();
    const drifts: number[] = [];
    for (let first = 0; first !== 1;) {
      drifts.push(await page.evaluate(scrollUpAndMeasure));
      [first = 0] = await prompts();
    }
    const shown = await prompts();
    expect(shown).toEqual(Array.from({ length: shown.length }, (_, index) => index + 1));
    const said = log
      .filter(({ kind }) => kind === 'agent_message_chunk')
      .map(({ content }) => String(Object(content).text));
    const words = ((await scroller().textContent()) ?? '').match(/word \d+\.\d+/g);
    expect(words).toEqual(said.map((text) => text.trim()));
    say(`drift of ${drifts.length} pages: ours ${Math.max(...drifts)} px, target 0 px`);
    expect(Math.max(...drifts)).toBeLessThan(1);
  });

  it('[HIST1] a link to a moment shows it, however far back', async () => {
    const moment = log.find(({ kind, content }) => kind === 'prompt' && JSON.stringify(content).includes('"Prompt 3"'));
    await open(`?at=${String(moment?.seq)}`);
    const shown = scroller().getByText('Prompt 3', { exact: true });
    await shown.waitFor();
    await page.waitForFunction(isInView, await shown.elementHandle());
  });
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

interface Target {
  readonly url: string;
  readonly token: string;
  readonly sessionId: string;
}

/** Milliseconds until every event of the session has come, as a page without history would wait. */
async function replayAll({ url, token, sessionId }: Target): Promise<number> {
  const start = performance.now();
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws?token=${token}`);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error('the socket failed')));
    socket.addEventListener('message', ({ data }) => {
      const { kind } = JSON.parse(String(data));
      if (kind === 'server_hello') {
        socket.send(JSON.stringify({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: 0 }] }));
      }
      if (kind === 'chat_caught_up') resolve();
    });
  });
  socket.close();
  return performance.now() - start;
}

async function fetchTail({ url, token, sessionId }: Target): Promise<number> {
  const start = performance.now();
  const headers = { authorization: `Bearer ${token}` };
  await (await fetch(`${url}/api/providers/sessions/${sessionId}/history`, { headers })).json();
  return performance.now() - start;
}

function isInView(element: Node | null): boolean {
  if (!(element instanceof Element)) return false;
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}

/** Scrolls to the top; how far a prompt that is seen there moves while what was before it comes. */
async function scrollUpAndMeasure(): Promise<number> {
  const scroller = document.querySelector<HTMLElement>('[role=log]');
  if (scroller === null) throw new Error('there is no log');
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  scroller.scrollTo({ top: -scroller.scrollHeight });
  await frame();
  const top = scroller.getBoundingClientRect().top;
  // Not the first row: where a page cuts a message, its beginning is added to it.
  const row = [...scroller.querySelectorAll<HTMLElement>('[data-seq]')].find(
    (each) => each.textContent.includes('Prompt') && each.getBoundingClientRect().top > top + 1,
  );
  if (row === undefined) throw new Error('there is no row');
  const before = row.getBoundingClientRect().top;
  const height = scroller.scrollHeight;
  const until = performance.now() + 3000;
  while (scroller.scrollHeight === height && performance.now() < until) await frame();
  await frame();
  if (!row.isConnected) throw new Error('a row that was there is gone');
  return Math.abs(row.getBoundingClientRect().top - before);
}
