import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, isPresent, launchBrowser } from '@konui/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askKonui, keptOffline } from './offline-copies.ts';
import { sendPrompt, startSession } from './session-page.ts';
import { type KonuiBehindProxy, startBehindProxy } from './start-behind-proxy.ts';

const chromium = findBrowser();
describe.runIf(isPresent(chromium))('a page that has lost its connection', () => {
  let behind: KonuiBehindProxy;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    if (!chromium.available) throw new Error('unreachable');
    // Elsewhere than 127.0.0.1 a page may have a worker, and storage of other tests is far away.
    behind = await startBehindProxy({ host: 'localhost' });
    browser = await launchBrowser(chromium.path);
  });
  afterAll(async () => {
    await browser.close();
    await behind.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
  });
  afterEach(async () => {
    await context.close();
    comeBack();
  });

  const start = (name: string): Promise<string> => {
    const { konui, origin } = behind;
    const link = konui.link.replace(konui.url, origin);
    return startSession(page, { ...konui, link }, { agent: /Demo/, project: join(konui.project, name) });
  };
  const cutLine = (): void => {
    behind.proxy.setPlan(() => ({ isRefused: true }));
    for (const connection of behind.proxy.connections) connection.reset();
  };
  const comeBack = (): void => behind.proxy.setPlan(() => ({}));
  const eventsOf = async (address: string): Promise<readonly { kind: string }[]> => {
    const id = address.split('/').at(-1) ?? '';
    const answer = await askKonui(behind.konui, `/api/providers/sessions/${id}/events?limit=5000`);
    return (answer as { events: { kind: string }[] }).events;
  };

  it('[C8] while the line is cut everything says what was, stands still, and is live again with what happened meanwhile', async () => {
    const address = await start('was-working');
    const done = join(behind.konui.project, 'was-working', 'done');
    await sendPrompt(page, '/run while [ ! -e done ]; do sleep 0.1; done');
    await page.getByTestId('permission').locator('[data-option-kind=allow_once]').click();
    const tool = page.getByTestId('tool');
    const state = page.getByTestId('session-state');
    const inList = page.locator(`[data-session="${address.split('/').at(-1) ?? ''}"] .status-dot`);
    const isTurning = () =>
      page.evaluate(() =>
        document.getAnimations().some((each) => 'animationName' in each && each.animationName === 'spin'),
      );
    await tool.getByText(/^[1-9] s$/).waitFor();
    await state.getByText('working', { exact: true }).waitFor();
    await expect.poll(isTurning).toBe(true);

    cutLine();
    await state.getByText('was working').waitFor();
    expect(await state.getAttribute('title')).toMatch(/^as of .+, not connected$/);
    expect(await inList.getAttribute('title')).toMatch(/^was working, as of .+, not connected$/);
    await expect.poll(() => tool.innerText()).toContain('was running');
    const stood = await tool.innerText();
    expect(await isTurning()).toBe(false);
    expect(await page.title()).toMatch(/^offline · /);
    writeFileSync(done, '');
    await expect.poll(async () => (await eventsOf(address)).some(({ kind }) => kind === 'complete')).toBe(true);
    expect(await tool.innerText()).toBe(stood);
    await page.getByRole('link', { name: 'Konui' }).first().click();
    await page.getByRole('heading', { name: 'Was running' }).waitFor();
    await page.goBack();
    await state.getByText('was working').waitFor();

    comeBack();
    await page.getByTestId('connection').getByRole('button', { name: 'Try now' }).click();
    await state.getByText('idle', { exact: true }).waitFor();
    await page.getByTestId('run-end').waitFor();
    expect(await inList.getAttribute('title')).toBe('idle');
    expect(await page.title()).not.toContain('offline');
  });

  it('[C8] an answer that was given without a connection is kept over a reload, and counts once', async () => {
    const address = await start('answer-offline');
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await sendPrompt(page, '/run echo allowed-offline');
    const dock = page.getByTestId('permission');
    await dock.waitFor();
    await expect
      .poll(() => keptOffline(page, 'tails', address.split('/').at(-1) ?? ''))
      .toContain('permission_request');
    cutLine();
    await page.getByTestId('session-state').getByText('needed you').waitFor();
    await dock.locator('[data-option-kind=allow_once]').click();
    await dock.getByText('Your answer is kept here').waitFor();
    await page.reload();
    await dock.getByText('Your answer is kept here').waitFor();
    expect(await dock.locator('[data-option-kind=allow_once]').isDisabled()).toBe(true);
    comeBack();
    await page.getByTestId('run-end').waitFor();
    const answers = (await eventsOf(address)).filter(({ kind }) => kind === 'permission_resolved');
    expect(answers).toHaveLength(1);
  });
});
