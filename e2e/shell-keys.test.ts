import { type Api, createApi } from '@konui/client';
import { findBrowser, isPresent, launchBrowser, type RunningKonui, startKonui } from '@konui/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problemsOf, sendPrompt } from './session-page.ts';
import {
  bottomOf,
  createSession,
  DESKTOP,
  inMenu,
  palette,
  PHONE,
  row,
  tabTo,
  type NamedSession,
} from './shell-page.ts';

const chromium = findBrowser();

describe.runIf(isPresent(chromium))('around a conversation: keys, themes and the phone', () => {
  let konui: RunningKonui;
  let api: Api;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    if (!chromium.available) throw new Error('unreachable');
    konui = await startKonui();
    api = createApi({ baseUrl: konui.url, token: konui.token });
    browser = await launchBrowser(chromium.path);
  });
  afterAll(async () => {
    await browser.close();
    await konui.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: DESKTOP });
    page = await context.newPage();
    problems = problemsOf(page);
  });
  afterEach(async () => {
    await context.close();
    for (const { sessionId } of await api.sessions.list()) await api.sessions.remove(sessionId);
    if (problems.length > 0) throw new Error(`the page reported:\n${problems.join('\n')}`);
  });

  const newSession = (session: NamedSession) => createSession(konui, api, session);
  const signIn = () => page.goto(konui.link);

  it('reaches any session from the palette in three keys, and does what it lists', async () => {
    const first = await newSession({ title: 'Alpha' });
    await newSession({ title: 'Beta' });
    await newSession({ title: 'Gamma' });
    await signIn();
    await row(page, 'Alpha').waitFor();
    await page.keyboard.press('Control+k');
    const field = palette(page);
    await field.waitFor();
    await field.pressSequentially('p');
    const options = page.getByRole('option');
    const place = (await options.allTextContents()).findIndex((text) => text.includes('Alpha')) + 1;
    await page.keyboard.press(`Alt+${place}`);
    await page.waitForURL(`**/s/${first}`);
    await page.keyboard.press('Control+k');
    await field.fill('archive this');
    await page.getByRole('option', { name: 'Archive (this session)' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('toast').getByText('is in the archive').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
  });

  it('has keys for everything, a list of them, and a switch for those that are pressed alone', async () => {
    const [first, second] = [await newSession({ title: 'One' }), await newSession({ title: 'Two' })];
    await signIn();
    await row(page, 'One').waitFor();
    await page.keyboard.press('Alt+ArrowDown');
    await page.waitForURL(new RegExp(`/s/(${first}|${second})`));
    const opened = page.url();
    await page.getByLabel('Prompt', { exact: true }).waitFor();
    await page.keyboard.press('Alt+ArrowDown');
    await page.waitForURL((url) => url.href !== opened && url.pathname.startsWith('/s/'));
    await page.getByRole('main').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page.waitForURL(`${konui.url}/`);
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    await sheet.getByText('Next session that needs you').waitFor();
    await sheet.getByRole('checkbox').uncheck();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await page.keyboard.press('Control+Alt+n');
    await page.waitForURL('**/new');
    await page.keyboard.press('Control+k');
    await palette(page).fill('keys');
    await page.keyboard.press('Enter');
    await sheet.getByRole('checkbox').check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.waitForURL('**/search');
  });

  it('finds words in all conversations by keyboard, and leads to their moment', async () => {
    const sessionId = await newSession({ title: 'Where the zebra grazes' });
    await newSession({ title: 'Something else' });
    await signIn();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.keyboard.press('/');
    const field = page.getByLabel('Words in titles, prompts, answers and commands');
    await field.fill('no such animal');
    await page.getByText('Nothing found for “no such animal”.').waitFor();
    await field.fill('zebra');
    await page.getByText('1 place in 1 session').waitFor();
    expect(page.url()).toBe(`${konui.url}/search?q=zebra`);
    expect(await page.locator('mark').allTextContents()).toEqual(['zebra']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === `/s/${sessionId}`);
    await page.goBack();
    await page.getByText('1 place in 1 session').waitFor();
  });

  it('paints a chosen theme from the first frame on, whatever the system says', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await signIn();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.keyboard.press('t');
    await page.keyboard.press('t');
    await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
    await page.addInitScript(recordBackgrounds);
    await page.reload();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    const backgrounds = await page.evaluate(() => (window as Window & { backgrounds?: string[] }).backgrounds);
    expect(new Set(backgrounds)).toEqual(new Set(['rgb(21, 23, 28)']));
    const colours = await page
      .locator('meta[name=theme-color]')
      .evaluateAll((all) => all.map((meta) => meta.getAttribute('content')));
    expect(new Set(colours)).toEqual(new Set(['#15171c']));
    await page.keyboard.press('t');
    await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)');
  });

  it('has a bar at the bottom of a phone that makes room for the keyboard, and sheets that close', async () => {
    await newSession({ title: 'On the phone' });
    await page.setViewportSize(PHONE);
    await signIn();
    const bar = page.getByRole('navigation', { name: 'Pages' });
    await bar.getByRole('button', { name: 'Sessions' }).click();
    await row(page, 'On the phone').waitFor();
    await row(page, 'On the phone').click();
    const field = page.getByLabel('Prompt', { exact: true });
    await field.click();
    expect(await bar.isVisible()).toBe(true);
    await page.setViewportSize({ width: PHONE.width, height: 440 });
    await bar.waitFor({ state: 'hidden' });
    expect(await bottomOf(page, field)).toBeLessThanOrEqual(440);
    await page.setViewportSize(PHONE);
    await bar.waitFor();
    await bar.getByRole('button', { name: 'Sessions' }).click();
    await row(page, 'On the phone').click({ button: 'right' });
    const menu = page.getByRole('menu');
    await menu.waitFor();
    expect(await bottomOf(page, menu)).toBe(PHONE.height);
    await inMenu(page, 'Rename').click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map((each) => each.finished)));
    const handle = await dialog.locator('.sheet-handle').boundingBox();
    if (handle === null) throw new Error('the sheet has no handle');
    await page.mouse.move(handle.x + handle.width / 2, handle.y + 8);
    await page.mouse.down();
    await page.mouse.move(handle.x + handle.width / 2, handle.y + 160, { steps: 4 });
    await page.mouse.up();
    await dialog.waitFor({ state: 'detached' });
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  it('leads from an empty home to the first answer by keyboard alone', async () => {
    await signIn();
    await page.getByRole('heading', { name: 'Nothing here yet' }).waitFor();
    await tabTo(page, page.getByRole('link', { name: 'Set up' }));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/setup');
    await tabTo(page, page.getByRole('radio', { name: /Demo/ }));
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'In which folder?' }).waitFor();
    await tabTo(page, page.getByLabel('Folder', { exact: true }));
    await page.keyboard.press('Control+a');
    await page.keyboard.type(konui.project);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What should it do first?' }).waitFor();
    await tabTo(page, page.getByLabel('First prompt'));
    await page.keyboard.type('/stream 3');
    await tabTo(page, page.getByRole('button', { name: 'Start' }));
    await page.keyboard.press('Enter');
    await page.getByTestId('run-end').waitFor();
    const composer = page.getByLabel('Prompt', { exact: true });
    await page.waitForFunction(() => document.activeElement?.matches('.composer textarea'));
    expect(await composer.inputValue()).toBe('');
    await sendPrompt(page, '/stream 2');
    await page.getByTestId('run-end').nth(1).waitFor();
  });
});

/** Runs in the page before anything else: the background of each frame that is painted. */
function recordBackgrounds(): void {
  const backgrounds: string[] = [];
  Object.assign(window, { backgrounds });
  const look = (): void => {
    if (document.body !== null) backgrounds.push(getComputedStyle(document.body).backgroundColor);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
