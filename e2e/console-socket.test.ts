import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Api, createApi } from '@konui/client';
import { findBrowser, isPresent, launchBrowser, type RunningKonui } from '@konui/testing';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemsOf } from './session-page.ts';
import { type KonuiBehindProxy, startBehindProxy } from './start-behind-proxy.ts';

const chromium = findBrowser();
const DROPS = 30;

describe.runIf(isPresent(chromium))('a page that uses the console SDK', () => {
  let folder: string;
  let behind: KonuiBehindProxy;
  let konui: RunningKonui;
  let browser: Browser;
  let api: Api;

  beforeAll(async () => {
    if (!chromium.available) throw new Error('unreachable');
    folder = mkdtempSync(join(tmpdir(), 'konui-console-'));
    const root = join(import.meta.dirname, 'console-page');
    await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true, modulePreload: false } });
    behind = await startBehindProxy({ env: { KONUI_WEB_FOLDER: folder } });
    ({ konui } = behind);
    api = createApi({ baseUrl: konui.url, token: konui.token });
    browser = await launchBrowser(chromium.path);
  });
  afterAll(async () => {
    await browser.close();
    await behind.close();
    rmSync(folder, { recursive: true });
  });

  /** The page for a new session, signed in, with all that its sockets and its console say. */
  async function open({ token = konui.token } = {}) {
    const { sessionId } = await api.sessions.create({ provider: 'demo', projectPath: konui.project });
    const page = await browser.newPage();
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname));
    const problems = problemsOf(page);
    await page.goto(`${behind.origin}/#token=${token}&session=${sessionId}`);
    return { page, sessionId, sockets, problems };
  }

  const prompt = async (page: Page, text: string): Promise<void> => {
    await page.getByLabel('Prompt').fill(text);
    await page.getByLabel('Prompt').press('Enter');
  };
  const stateOf = (page: Page, state: string) => page.locator(`body[data-state=${state}]`).waitFor();
  const endsOf = (page: Page, ends: string) => page.locator(`body[data-ends="${ends}"]`).waitFor({ timeout: 120_000 });
  const outputOf = (page: Page) => page.locator('#output').evaluate((output) => output.textContent ?? '');
  const hasWord = (page: Page, word: string) =>
    page.waitForFunction((text) => document.getElementById('output')?.textContent?.includes(text), word);

  async function logOf(sessionId: string, kind: string): Promise<readonly string[]> {
    const { events } = await api.sessions.events(sessionId, { limit: 5_000 });
    return events.filter((event) => event.kind === kind).map(({ content }) => textIn(content));
  }
  const saidIn = async (sessionId: string) => (await logOf(sessionId, 'agent_message_chunk')).join('');

  it('[A8] [A2] prompts, reads the streamed answer, allows a command, survives a crash, all over one socket', async () => {
    const { page, sessionId, sockets, problems } = await open();
    await stateOf(page, 'live');
    await prompt(page, '/run echo hello');
    await page.getByRole('button', { name: 'Allow' }).click();
    await endsOf(page, 'end_turn');
    await page.getByRole('button', { name: 'Allow' }).waitFor({ state: 'hidden' });
    await prompt(page, '/crash');
    await endsOf(page, 'end_turn agent_exited');
    await prompt(page, '/stream 50');
    await endsOf(page, 'end_turn agent_exited end_turn');
    expect(await outputOf(page)).toBe(await saidIn(sessionId));
    expect(await page.locator('body').getAttribute('data-accepted')).toBe('3');
    expect([sockets, problems]).toEqual([['/api/console/ws'], []]);
    await page.close();
  });

  it('[A10] the stop button ends the run, once, and the next prompt runs', async () => {
    const { page, sessionId } = await open();
    await prompt(page, '/every 20 5000');
    await hasWord(page, 'w3@');
    await page.getByRole('button', { name: 'Stop' }).click();
    await endsOf(page, 'cancelled');
    await prompt(page, '/stream 5');
    await endsOf(page, 'cancelled end_turn');
    const { events } = await api.sessions.events(sessionId, { limit: 5_000 });
    expect(events.filter(({ kind }) => kind === 'complete').map(({ aborted }) => aborted)).toEqual([true, false]);
    await page.close();
  });

  it('[A9] goes on after a reload in mid-stream, with nothing missing and nothing doubled', async () => {
    const { page, sessionId, sockets } = await open();
    await prompt(page, '/every 10 300');
    for (const word of ['w40@', 'w120@', 'w200@']) {
      await hasWord(page, word);
      await page.reload();
    }
    await endsOf(page, 'end_turn');
    expect(await outputOf(page)).toBe(await saidIn(sessionId));
    expect(sockets).toHaveLength(4);
    await page.close();
  });

  it('[A6] [A9] drops while the agent streams and prompts are sent lose nothing and do nothing twice', async () => {
    const { page, sessionId } = await open();
    const prompts = ['/every 10 400', '/stream 11', '/stream 12', '/stream 13'];
    await prompt(page, prompts[0] ?? '');
    await hasWord(page, 'w5@');
    for (let drop = 1; drop <= DROPS; drop += 1) {
      const isToPrompt = drop % 10 === 5;
      // Just before the line breaks: whether it arrived, the page cannot know.
      if (isToPrompt) await prompt(page, prompts[(drop + 5) / 10] ?? '');
      for (const connection of behind.proxy.connections) {
        connection.apply({ kind: 'reset', afterBytes: isToPrompt ? 0 : (drop * 37) % 200, direction: 'toClient' });
      }
      await expect.poll(() => comeBack(page), { interval: 50 }).toMatchObject({ losses: drop });
      await expect.poll(() => comeBack(page), { interval: 50 }).toMatchObject({ state: 'live' });
    }
    await endsOf(page, 'end_turn end_turn end_turn end_turn');
    expect(await outputOf(page)).toBe(await saidIn(sessionId));
    expect(await logOf(sessionId, 'prompt')).toEqual(prompts);
    expect(await page.locator('body').getAttribute('data-accepted')).toBe('4');
    await page.close();
  }, 240_000);

  it('[A6] a token that is revoked, or is none, is told and not tried again and again', async () => {
    const { id, token } = await api.accessTokens.create('for a page');
    const { page, sockets } = await open({ token });
    await stateOf(page, 'live');
    await api.accessTokens.revoke(id);
    await stateOf(page, 'refused');
    await comeBack(page);
    await page.reload();
    await stateOf(page, 'refused');
    expect(sockets).toHaveLength(1);
    await page.close();
  });
});

/** Tells the page that the network is there; answers with its losses so far and its state. */
function comeBack(page: Page): Promise<{ losses: number; state: string | undefined }> {
  return page.evaluate(() => {
    window.dispatchEvent(new Event('online'));
    const { losses, state } = document.body.dataset;
    return { losses: Number(losses), state };
  });
}

function textIn(content: unknown): string {
  if (Array.isArray(content)) return content.map(textIn).join('');
  return typeof content === 'object' && content !== null && 'text' in content ? String(content.text) : '';
}
