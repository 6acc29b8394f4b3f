import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type FakePushService,
  type FaultProxy,
  findBrowser,
  isPresent,
  launchBrowser,
  type RunningKonui,
  startFakePushService,
  testConfig,
} from '@konui/testing';
import type { Browser, BrowserContext, Page, Worker } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askKonui, keptOffline } from './offline-copies.ts';
import { deliverPush, notifications, press } from './push-messages.ts';
import { sendPrompt, startSession } from './session-page.ts';
import { type KonuiBehindProxy, startBehindProxy } from './start-behind-proxy.ts';

const chromium = findBrowser();
const built = testConfig.webFolder ?? new URL('../packages/web/dist', import.meta.url).pathname;

describe.runIf(isPresent(chromium))('the installed app', () => {
  let folder: string;
  let behind: KonuiBehindProxy;
  let proxy: FaultProxy;
  let origin: string;
  let konui: RunningKonui;
  let push: FakePushService;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    if (!chromium.available) throw new Error('unreachable');
    folder = mkdtempSync(join(tmpdir(), 'konui-pwa-'));
    cpSync(built, folder, { recursive: true });
    push = await startFakePushService();
    // localhost and not 127.0.0.1, so that cookies and storage of other tests are far away.
    behind = await startBehindProxy({
      host: 'localhost',
      env: { KONUI_WEB_FOLDER: folder, KONUI_PUSH_ALLOW_PRIVATE: 'true' },
    });
    ({ konui, proxy, origin } = behind);
    browser = await launchBrowser(chromium.path);
  });
  afterAll(async () => {
    await browser.close();
    await behind.close();
    await push.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
  });
  afterEach(async () => {
    await context.close();
    comeBack();
  });

  const link = (): string => konui.link.replace(konui.url, origin);
  const start = (name: string): Promise<string> =>
    startSession(page, { ...konui, link: link() }, { agent: /Demo/, project: join(konui.project, name) });
  /** The network is gone for everything: the page, its worker, and what was open. */
  const goOffline = async (): Promise<void> => {
    proxy.setPlan(() => ({ isRefused: true }));
    for (const connection of proxy.connections) connection.reset();
    await context.setOffline(true);
  };
  const comeBack = (): void => proxy.setPlan(() => ({}));
  const goOnline = async (): Promise<void> => {
    comeBack();
    await context.setOffline(false);
  };
  const worker = async (): Promise<Worker> => {
    const found = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    return found;
  };
  const ask = (path: string, options?: RequestInit): Promise<unknown> => askKonui(konui, path, options);
  const eventsOf = async (address: string): Promise<readonly { kind: string }[]> => {
    const answer = await ask(`/api/providers/sessions/${address.split('/').at(-1) ?? ''}/events?limit=5000`);
    return (answer as { events: { kind: string }[] }).events;
  };
  const kept = (store: 'tails' | 'sessions', key: string): Promise<string> => keptOffline(page, store, key);
  const promptsIn = async (address: string): Promise<number> =>
    (await eventsOf(address)).filter(({ kind }) => kind === 'prompt').length;

  it('can be installed: manifest, icons, a worker that is asked for anew each time', async () => {
    await page.goto(link());
    await worker();
    const session = await context.newCDPSession(page);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A context of a test is a private window.
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
    const { errors, data = '{}' } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const manifest = JSON.parse(data) as { id: string; icons: { src: string; sizes: string; purpose: string }[] };
    expect(manifest).toMatchObject({ id: '/', scope: '/', start_url: '/', display: 'standalone' });
    expect(manifest.icons.map(({ purpose }) => purpose)).toContain('maskable');
    for (const { src } of manifest.icons) expect((await fetch(konui.url + src)).status).toBe(200);
    const script = await fetch(`${konui.url}/sw.js`);
    expect(script.headers.get('cache-control')).toBe('no-cache');
    expect(await script.text()).not.toMatch(/\bimport\b\s*[('"{]|importScripts/);
  });

  it('[C8] a reload without a network shows the page, the list and what was read of a session', async () => {
    const address = await start('read-offline');
    await sendPrompt(page, '/stream 30');
    await page.getByTestId('run-end').first().waitFor();
    await worker();
    const id = address.split('/').at(-1) ?? '';
    await expect.poll(() => kept('tails', id)).toContain(`"lastSeq":${(await eventsOf(address)).length}`);
    await expect.poll(() => kept('sessions', 'all')).toContain(id);
    await goOffline();
    await page.reload();
    await page.getByTestId('run-end').first().waitFor();
    await page.getByTestId('saved-copy').waitFor();
    await page.getByRole('log').getByText('word1 word2 word3').waitFor();
    await page.getByTestId('connection').getByText('Offline').waitFor();
    await page.getByRole('link', { name: /Konui/ }).first().click();
    await page.getByText('read-offline').first().waitFor();
    await goOnline();
    await page.locator('[data-testid=connection][data-state=live]').waitFor({ state: 'attached' });
  });

  it('[C8] what an agent was saying when the network went is readable up to then, and said to have been running', async () => {
    await start('cut-off');
    await worker();
    await sendPrompt(page, '/stream 100000');
    const log = page.getByRole('log');
    await expect.poll(async () => (await log.innerText()).length).toBeGreaterThan(1500);
    const said = await log.innerText();
    await goOffline();
    const status = page.getByTestId('run-status');
    await status.getByText('Was running when the connection was lost').waitFor();
    const banner = page.getByTestId('connection');
    const heading = page.getByRole('heading', { level: 1 });
    await expect
      .poll(async () => {
        const [over, under] = [await banner.boundingBox(), await heading.boundingBox()];
        return over !== null && under !== null && over.y + over.height <= under.y;
      })
      .toBe(true);
    await page.reload();
    await page.getByTestId('saved-copy').waitFor();
    await status.getByText('Was running when the connection was lost').waitFor();
    await page.getByTestId('session-state').getByText('was working').waitFor();
    const lastWords = said.trimEnd().slice(-60).split('\n').at(-1) ?? '';
    await expect.poll(() => log.innerText()).toContain(lastWords);
    await goOnline();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByTestId('run-end').first().waitFor();
  });

  it('[C8] a prompt that was written offline is sent exactly once, after a reload and with two tabs', async () => {
    const address = await start('write-offline');
    await worker();
    await sendPrompt(page, '/stream 5');
    await page.getByTestId('run-end').first().waitFor();
    await page.reload();
    await page.getByTestId('run-end').first().waitFor();
    await goOffline();
    await sendPrompt(page, '/stream 6');
    await page.getByTestId('connection').getByText('1 prompt waits').waitFor();
    await page.close();
    page = await context.newPage();
    await page.goto(address);
    await page.getByTestId('connection').getByText('1 prompt waits').waitFor();
    const second = await context.newPage();
    await second.goto(address);
    await second.getByTestId('connection').getByText('1 prompt waits').waitFor();
    expect(await promptsIn(address)).toBe(1);
    await goOnline();
    await page.getByTestId('run-end').nth(1).waitFor();
    await second.getByTestId('run-end').nth(1).waitFor();
    await second.reload();
    await second.getByTestId('run-end').nth(1).waitFor();
    expect(await promptsIn(address)).toBe(2);
    await expect
      .poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('konui.outbox.'))))
      .toEqual([]);
  });

  it('keeps no answer of the API and no token in its caches', async () => {
    await start('caches');
    await worker();
    await sendPrompt(page, '/stream 5');
    await page.getByTestId('run-end').first().waitFor();
    await page.reload();
    await page.getByTestId('run-end').first().waitFor();
    const kept = await page.evaluate(async () => {
      const found: { path: string; text: string }[] = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          const text = (await (await cache.match(request))?.clone().text()) ?? '';
          found.push({ path: new URL(request.url).pathname + new URL(request.url).search, text });
        }
      }
      return found;
    });
    expect(kept.map(({ path }) => path)).toContain('/');
    expect(kept.filter(({ path }) => path.startsWith('/api') || path.includes('?'))).toEqual([]);
    expect(kept.filter(({ text }) => text.includes(konui.token))).toEqual([]);
  });

  it('only a press asks for notifications; without a push service they reach while a page is open', async () => {
    await page.goto(link());
    await worker();
    await page.goto(`${origin}/settings/notifications`);
    const on = page.getByRole('button', { name: 'Switch notifications on' });
    await on.waitFor();
    expect(await page.evaluate(() => Notification.permission)).not.toBe('granted');
    await context.grantPermissions(['notifications'], { origin });
    await page.reload();
    await on.click();
    await page.getByText('On while a page of Konui is open').waitFor();
    await page.getByRole('checkbox', { name: 'a run has ended' }).uncheck();
    await page.reload();
    await page.getByText('On while a page of Konui is open').waitFor();
    await expect.poll(() => page.getByRole('checkbox', { name: 'a run has ended' }).isChecked()).toBe(false);
    await page.getByRole('button', { name: 'Switch off' }).click();
    await on.waitFor();
  });

  it('[A14] a press on a notification’s button answers without a page, and the run goes on', async () => {
    const address = await start('push');
    const id = address.split('/').at(-1) ?? '';
    await context.grantPermissions(['notifications'], { origin });
    const registered = await worker();
    const { publicKey } = (await ask('/api/push/key')) as { publicKey: string };
    const subscription = push.subscribe(publicKey);
    await ask('/api/push/subscriptions', { method: 'PUT', body: JSON.stringify(subscription.json) });
    await sendPrompt(page, '/run echo from-the-lock-screen');
    await page.getByTestId('permission').waitFor();
    await page.goto(`${origin}/settings/about`);
    const message = await subscription.until(({ type, sessionId }) => type === 'permission' && sessionId === id);
    await deliverPush(page, message);
    await expect.poll(async () => (await notifications(registered)).map(({ tag }) => tag)).toEqual([`session:${id}`]);
    const shown = await notifications(registered);
    expect(shown[0]?.body).toContain('echo from-the-lock-screen');
    expect(shown[0]?.actions).toEqual(['allow', 'deny']);

    await press(registered, 'allow');
    await expect.poll(async () => (await eventsOf(address)).some(({ kind }) => kind === 'complete')).toBe(true);
    await expect.poll(async () => (await notifications(registered)).map(({ title }) => title)).toEqual(['Allowed']);

    // The same button on another device comes too late.
    await deliverPush(page, message);
    await press(registered, 'deny');
    await expect
      .poll(async () => (await notifications(registered)).map(({ title }) => title))
      .toEqual(['Already answered']);
    await deliverPush(page, { ...message, type: 'cleared', actions: [] });
    await expect.poll(() => notifications(registered)).toEqual([]);
    expect(push.problems).toEqual([]);
  });

  it('[A14] a press beside the buttons opens the one request, with its command and all answers', async () => {
    const address = await start('approve');
    const id = address.split('/').at(-1) ?? '';
    await sendPrompt(page, '/run echo on-the-card');
    const requestId = (await page.getByTestId('permission').getAttribute('data-request-id')) ?? '';
    const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
    const card = await phone.newPage();
    await card.goto(link());
    await card.goto(`${origin}/approve/${requestId}?session=${id}`);
    await card.getByTestId('permission').waitFor();
    await card.getByTestId('permission').getByText('echo on-the-card').first().waitFor();
    await card.locator('[data-option-kind=allow_once]').click();
    await card.locator('[data-testid=approve][data-state=done]').waitFor();
    await card.reload();
    await card.locator('[data-testid=approve][data-state=answered]').waitFor();
    await page.getByTestId('run-end').first().waitFor();
    await phone.close();
  });

  it('offers a new version, and shows it when a person wants it', async () => {
    await page.goto(link());
    await worker();
    const before = await buildOf();
    const after = build(before);
    for (const connection of proxy.connections) connection.reset();
    const banner = page.getByTestId('connection');
    await banner.getByText('new version').waitFor();
    expect(await buildOf()).toBe(before);
    await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.waiting !== null);
    await banner.getByRole('button', { name: 'Reload' }).click();
    await expect.poll(buildOf).toBe(after);
    await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([`konui-shell-${after}`]);
    await expect
      .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting ?? null))
      .toBeNull();
  });

  const buildOf = async (): Promise<string> =>
    (await page.locator('meta[name=konui-build]').getAttribute('content')) ?? '';

  /** Another build in the same folder: every file names the build that it is of. */
  function build(before: string): string {
    const after = before.replace(/^.{4}/, 'beef');
    for (const name of ['index.html', 'sw.js']) {
      const file = join(folder, name);
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll(before, after));
    }
    expect(readdirSync(folder)).toContain('sw.js');
    return after;
  }
});
