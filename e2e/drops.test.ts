import { join } from 'node:path';
import { findBrowser, isPresent, launchBrowser } from '@konui/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendPrompt, startSession } from './session-page.ts';
import { type KonuiBehindProxy, startBehindProxy } from './start-behind-proxy.ts';

const chromium = findBrowser();
const DROPS = 200;
/** One in so many is silent: both sockets stay open, and nothing passes any more. Noticed within seconds after a wake-up. */
const SILENT_EVERY = 50;
/** Words of one run, one every 20 ms; the prompts in between wait in the queue. */
const RUNS = ['/every 20 900', '/every 20 901', '/every 20 902', '/every 20 903'];
const DRAFT = 'what was being written when the line broke, again and again';

interface LoggedEvent {
  readonly seq: number;
  readonly kind: string;
  readonly content?: unknown;
}

describe.runIf(isPresent(chromium))('a session over a line that breaks', () => {
  let behind: KonuiBehindProxy;
  let browser: Browser;

  beforeAll(async () => {
    if (!chromium.available) throw new Error('unreachable');
    behind = await startBehindProxy();
    browser = await launchBrowser(chromium.path);
  });
  afterAll(async () => {
    await browser.close();
    await behind.close();
  });

  it(`[A6] [A9] [C8] ${DROPS} drops while an agent streams and a person types lose and double nothing`, async () => {
    const page = await browser.newPage();
    const { konui, proxy, origin } = behind;
    const link = konui.link.replace(konui.url, origin);
    const address = await startSession(
      page,
      { ...konui, link },
      { agent: /Demo/, project: join(konui.project, 'drops') },
    );
    await sendPrompt(page, RUNS[0] ?? '');
    await page.waitForFunction(() => (document.querySelector('[role=log]')?.textContent ?? '').includes('w20@'));

    const live = page.locator('[data-testid=connection][data-state=live]');
    const write = async (): Promise<void> => {
      for (const text of RUNS.slice(1)) {
        await page.keyboard.type(text, { delay: 120 });
        await page.keyboard.press('Enter');
      }
      await page.keyboard.type(DRAFT, { delay: 250 });
    };
    // As when the network comes back: a wait for the next attempt, which may be half a minute by now, ends at once.
    const backAndLive = async (): Promise<void> => {
      await expect.poll(() => comeBack(page).then(() => live.count()), { timeout: 60_000, interval: 50 }).toBe(1);
    };
    const breakLine = async (): Promise<void> => {
      for (let drop = 1; drop <= DROPS; drop += 1) {
        await backAndLive();
        const before = await lossesOf(page);
        for (const connection of proxy.connections) {
          if (drop % SILENT_EVERY === 0) connection.apply({ kind: 'drop' });
          // In the middle of a frame as often as between two.
          else connection.apply({ kind: 'reset', afterBytes: (drop * 37) % 200, direction: 'toClient' });
        }
        // A silent line is noticed.
        await expect.poll(() => comeBack(page), { timeout: 60_000, interval: 50 }).toBeGreaterThan(before);
      }
    };
    await page.getByLabel('Prompt', { exact: true }).focus();
    await countLosses(page);
    await Promise.all([write(), breakLine()]);
    await backAndLive();
    await page
      .getByTestId('run-end')
      .nth(RUNS.length - 1)
      .waitFor({ timeout: 120_000 });

    const events = await eventsOf(address);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter(({ kind }) => kind === 'prompt').map(({ content }) => textIn(content))).toEqual(RUNS);
    const said = wordsIn(
      events
        .filter(({ kind }) => kind === 'agent_message_chunk')
        .map(({ content }) => textIn(content))
        .join(''),
    );
    expect(said).toHaveLength(RUNS.reduce((sum, run) => sum + Number(run.split(' ')[2]), 0));
    await expect.poll(() => shownIn(page)).toEqual(said);
    const untilDraft = () => expect.poll(() => page.getByLabel('Prompt', { exact: true }).inputValue()).toBe(DRAFT);
    await untilDraft();
    await page.reload();
    await page.getByTestId('run-end').last().waitFor();
    await untilDraft();
    await page.close();
  }, 480_000);

  async function eventsOf(address: string): Promise<readonly LoggedEvent[]> {
    const id = address.split('/').at(-1) ?? '';
    const { konui } = behind;
    const headers = { authorization: `Bearer ${konui.token}` };
    const events: LoggedEvent[] = [];
    for (let hasMore = true; hasMore;) {
      const query = `after=${events.at(-1)?.seq ?? 0}&limit=5000`;
      const answer = await fetch(`${konui.url}/api/providers/sessions/${id}/events?${query}`, { headers });
      const page = (await answer.json()) as { events: LoggedEvent[]; more: boolean };
      events.push(...page.events);
      hasMore = page.more;
    }
    return events;
  }
});

/** Has the page count how often its connection stops being live, however briefly. */
async function countLosses(page: Page): Promise<void> {
  await page.evaluate(() => {
    const element = document.querySelector<HTMLElement>('[data-testid=connection]');
    if (element === null) throw new Error('the page does not show its connection');
    let losses = 0;
    let wasLive = true;
    new MutationObserver(() => {
      const isLive = element.dataset['state'] === 'live';
      if (wasLive && !isLive) losses += 1;
      wasLive = isLive;
      document.documentElement.dataset['losses'] = String(losses);
    }).observe(element, { attributeFilter: ['data-state'] });
  });
}

function lossesOf(page: Page): Promise<number> {
  return page.evaluate(() => Number(document.documentElement.dataset['losses'] ?? 0));
}

/** Tells the page that the network is there; answers with its losses so far. */
function comeBack(page: Page): Promise<number> {
  return page.evaluate(() => {
    window.dispatchEvent(new Event('online'));
    return Number(document.documentElement.dataset['losses'] ?? 0);
  });
}

/** The stamped words of the demo agent, in order. */
function wordsIn(text: string): readonly string[] {
  return text.match(/w\d+@\d+@/g) ?? [];
}

async function shownIn(page: Page): Promise<readonly string[]> {
  return wordsIn(await page.getByRole('log').evaluate((log) => log.textContent ?? ''));
}

function textIn(content: unknown): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map(textIn).join('');
  return typeof content === 'object' && content !== null && 'text' in content ? String(content.text) : '';
}
