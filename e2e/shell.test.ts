import { type Api, createApi } from '@konui/client';
import { findBrowser, isPresent, launchBrowser, type RunningKonui, startKonui } from '@konui/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problemsOf } from './session-page.ts';
import {
  createSession,
  DESKTOP,
  inMenu,
  list,
  openMenu,
  promptFromOutside,
  row,
  type NamedSession,
} from './shell-page.ts';

const chromium = findBrowser();

describe.runIf(isPresent(chromium))('around a conversation: the sessions', () => {
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

  it('renames a session from its row, and another tab sees it', async () => {
    await newSession({ title: 'Before' });
    await signIn();
    const second = await context.newPage();
    await second.goto(konui.url);
    await openMenu(page, 'Before');
    await inMenu(page, 'Rename').click();
    const field = page.getByLabel('Title');
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
    await field.fill('After');
    await field.press('Enter');
    await row(page, 'After').waitFor();
    await second.getByRole('navigation', { name: 'Sessions' }).getByRole('link', { name: 'After' }).waitFor();
  });

  it('archives a session and takes it back, by keyboard alone', async () => {
    await newSession({ title: 'Put aside' });
    await signIn();
    await row(page, 'Put aside').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
    const toast = page.getByTestId('toast');
    await toast.getByText('is in the archive').waitFor();
    await row(page, 'Put aside').waitFor({ state: 'detached' });
    await list(page).getByRole('button', { name: 'Archived' }).click();
    await row(page, 'Put aside').waitFor();
    await toast.getByRole('button', { name: 'Undo' }).click();
    await list(page).getByTestId('no-archived').waitFor();
    await list(page).getByRole('button', { name: 'All' }).click();
    await row(page, 'Put aside').waitFor();
  });

  it('deletes a session only after it was named, and says that its run is stopped', async () => {
    const sessionId = await newSession({ title: 'Gone for good' });
    await promptFromOutside(konui, sessionId, '/late');
    await signIn();
    await openMenu(page, 'Gone for good');
    await inMenu(page, 'Delete…').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('“Gone for good”').waitFor();
    await dialog.getByText('Its run is stopped first.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await row(page, 'Gone for good').count()).toBe(1);
    await openMenu(page, 'Gone for good');
    await inMenu(page, 'Delete…').click();
    await dialog.getByRole('button', { name: 'Delete session' }).click();
    await row(page, 'Gone for good').waitFor({ state: 'detached' });
    expect(await api.sessions.list()).toEqual([]);
  });

  it('[D2] shows what runs, with a count, an indicator for each row and folder, and an empty state', async () => {
    const busy = await newSession({ title: 'Busy', folder: 'one' });
    await newSession({ title: 'Idle', folder: 'two' });
    await signIn();
    const view = list(page).getByRole('button', { name: /^Running/ });
    await view.click();
    await list(page).getByTestId('no-running').waitFor();
    await promptFromOutside(konui, busy, '/late');
    await row(page, 'Busy').waitFor();
    expect(await view.textContent()).toBe('Running (1)');
    await row(page, 'Busy').getByRole('img', { name: 'working' }).waitFor();
    await list(page).getByRole('img', { name: '1 running here' }).waitFor();
    expect(await row(page, 'Idle').count()).toBe(0);
    const search = list(page).getByLabel('Search sessions');
    await search.fill('nothing like it');
    await list(page).getByText('No session matches.').waitFor();
    await search.fill('busy');
    await row(page, 'Busy').waitFor();
    await page.reload();
    await list(page).getByRole('button', { name: 'Running (1)' }).click();
    await row(page, 'Busy').waitFor();
    await openMenu(page, 'Busy');
    await inMenu(page, 'Stop the run').click();
    await list(page).getByTestId('no-running').waitFor();
  });

  it('marks what nobody has seen, in the list and the tab’s icon, until it is read on any device', async () => {
    const sessionId = await newSession({ title: 'News' });
    await signIn();
    await row(page, 'News').waitFor();
    const other = await browser.newContext();
    try {
      const elsewhere = await other.newPage();
      await elsewhere.goto(konui.link);
      await promptFromOutside(konui, sessionId, '/stream 3');
      for (const each of [page, elsewhere]) await each.getByTestId('unread').waitFor();
      await page.waitForFunction(() =>
        document.querySelector('link[rel=icon]')?.getAttribute('href')?.includes('unread'),
      );
      await row(page, 'News').click();
      await page.getByTestId('run-end').waitFor();
      await elsewhere.getByTestId('unread').waitFor({ state: 'detached' });
      await page.goto(konui.url);
      await row(page, 'News').waitFor();
      expect(await page.getByTestId('unread').count()).toBe(0);
    } finally {
      await other.close();
    }
  });

  it('shows on the overview what an agent asks, and how many wait in the title', async () => {
    const sessionId = await newSession({ title: 'Asks' });
    await promptFromOutside(konui, sessionId, '/run echo from-the-overview');
    await signIn();
    const card = page.getByTestId('needs-you');
    await card.getByText('echo from-the-overview').waitFor();
    await page.waitForFunction(() => document.title.startsWith('(1) Overview'));
    await page.keyboard.press('w');
    await page.waitForURL(`**/s/${sessionId}`);
    await page.getByTestId('permission').waitFor();
    await page.waitForFunction(() => document.title.startsWith('(1) Asks'));
  });
});
