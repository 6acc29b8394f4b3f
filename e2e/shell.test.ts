import { findBrowser, isPresent } from '@konui/testing';
import { describe, expect, it } from 'vitest';
import { inMenu, list, openMenu, promptFromOutside, row, untilFocused } from './shell-page.ts';
import { sendPrompt } from './session-page.ts';
import { useKonuiPage } from './use-konui-page.ts';
import { useNamedSessions } from './use-named-sessions.ts';

const chromium = findBrowser();

describe.runIf(isPresent(chromium))('around a conversation: the sessions', () => {
  const own = useKonuiPage();
  const { api, newSession } = useNamedSessions(own);
  const signIn = () => own.page.goto(own.konui.link);

  it('renames a session from its row, and another tab sees it', async () => {
    await newSession({ title: 'Before' });
    await signIn();
    const second = await own.context.newPage();
    await second.goto(own.konui.url);
    await openMenu(own.page, 'Before');
    await inMenu(own.page, 'Rename').click();
    const field = own.page.getByLabel('Title');
    await untilFocused(field);
    await field.fill('After');
    await field.press('Enter');
    await row(own.page, 'After').waitFor();
    await second.getByRole('navigation', { name: 'Sessions' }).getByRole('link', { name: 'After' }).waitFor();
  });

  it('archives a session and takes it back, by keyboard alone', async () => {
    await newSession({ title: 'Put aside' });
    await signIn();
    await row(own.page, 'Put aside').focus();
    await own.page.keyboard.press('Tab');
    await own.page.keyboard.press('Enter');
    await own.page.getByRole('menu').waitFor();
    await own.page.keyboard.press('a');
    await own.page.keyboard.press('Enter');
    const toast = own.page.getByTestId('toast').filter({ hasText: 'is in the archive' });
    // It stays as long as the pointer rests on it.
    await toast.hover();
    await row(own.page, 'Put aside').waitFor({ state: 'detached' });
    await list(own.page).getByRole('button', { name: 'Archived' }).press('Enter');
    await row(own.page, 'Put aside').waitFor();
    await toast.getByRole('button', { name: 'Undo' }).press('Enter');
    await list(own.page).getByTestId('no-archived').waitFor();
    await list(own.page).getByRole('button', { name: 'All' }).press('Enter');
    await row(own.page, 'Put aside').waitFor();
  });

  it('keeps an archived session in every list and count while it asks, and takes it out for whoever writes in it', async () => {
    const sessionId = await newSession({ title: 'Put aside too soon' });
    await promptFromOutside(own.konui, sessionId, '/run ls');
    await signIn();
    const mine = row(own.page, 'Put aside too soon');
    await mine.click();
    const allow = own.page.getByRole('button', { name: /^Allow/ }).first();
    await allow.waitFor();
    // By what it is called, rather than by its id.
    await own.page.locator('.session-facts').getByText('Demo', { exact: true }).waitFor();
    await own.page.getByRole('main').getByRole('button', { name: 'More about this session' }).click();
    await inMenu(own.page, 'Archive').click();
    const toast = own.page.getByTestId('toast').filter({ hasText: 'stays listed while it runs or needs you' });
    await toast.getByRole('button', { name: 'Undo' }).waitFor();
    await mine.getByRole('img', { name: 'archived' }).waitFor();
    await list(own.page).getByRole('button', { name: 'Running (1)' }).waitFor();
    expect(await own.page.title()).toMatch(/^\(1\) /);
    await allow.click();
    await mine.waitFor({ state: 'detached' });
    await list(own.page).getByRole('button', { name: 'Running (0)' }).waitFor();
    await sendPrompt(own.page, '/stream 1');
    await mine.waitFor();
    await own.page.getByText('This session is archived.').waitFor({ state: 'detached' });
  });

  it('says that nothing is at an address that leads nowhere, and shows the way home', async () => {
    await signIn();
    await own.page.goto(`${own.konui.url}/nonsense/path`);
    await own.page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await own.page.getByText('/nonsense/path').waitFor();
    await own.page.getByRole('main').getByRole('link', { name: 'Overview' }).click();
    await own.page.waitForURL(`${own.konui.url}/`);
  });

  it('deletes a session only after it was named, and says that its run is stopped', async () => {
    const sessionId = await newSession({ title: 'Gone for good' });
    await promptFromOutside(own.konui, sessionId, '/late');
    await signIn();
    await openMenu(own.page, 'Gone for good');
    await inMenu(own.page, 'Delete…').click();
    const dialog = own.page.getByRole('dialog');
    await dialog.getByText('“Gone for good”').waitFor();
    await dialog.getByText('Its run is stopped first.').waitFor();
    await own.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await row(own.page, 'Gone for good').count()).toBe(1);
    await openMenu(own.page, 'Gone for good');
    await inMenu(own.page, 'Delete…').click();
    await dialog.getByRole('button', { name: 'Delete session' }).click();
    await row(own.page, 'Gone for good').waitFor({ state: 'detached' });
    await expect.poll(() => api().sessions.list()).toEqual([]);
  });

  it('[D2] shows what runs, with a count, an indicator for each row and folder, and an empty state', async () => {
    const busy = await newSession({ title: 'Busy', folder: 'one' });
    await newSession({ title: 'Idle', folder: 'two' });
    await signIn();
    const view = list(own.page).getByRole('button', { name: /^Running/ });
    await view.click();
    await list(own.page).getByTestId('no-running').waitFor();
    await promptFromOutside(own.konui, busy, '/late');
    await row(own.page, 'Busy').waitFor();
    await expect.poll(() => view.textContent()).toBe('Running (1)');
    await row(own.page, 'Busy').getByRole('img', { name: 'working' }).waitFor();
    await list(own.page).getByRole('img', { name: '1 running here' }).waitFor();
    expect(await row(own.page, 'Idle').count()).toBe(0);
    const search = list(own.page).getByLabel('Search sessions');
    await search.fill('nothing like it');
    await list(own.page).getByText('No session matches.').waitFor();
    await search.fill('busy');
    await row(own.page, 'Busy').waitFor();
    await own.page.reload();
    await list(own.page).getByRole('button', { name: 'Running (1)' }).click();
    await row(own.page, 'Busy').waitFor();
    await openMenu(own.page, 'Busy');
    await inMenu(own.page, 'Stop the run').click();
    await list(own.page).getByTestId('no-running').waitFor();
  });

  it('marks what nobody has seen, in the list and the tab’s icon, until it is read on any device', async () => {
    const sessionId = await newSession({ title: 'News' });
    await signIn();
    await row(own.page, 'News').waitFor();
    const other = await own.browser.newContext();
    try {
      const elsewhere = await other.newPage();
      await elsewhere.goto(own.konui.link);
      await promptFromOutside(own.konui, sessionId, '/stream 3');
      for (const each of [own.page, elsewhere]) await each.getByTestId('unread').waitFor();
      await own.page.waitForFunction(() =>
        document.querySelector('link[rel=icon]')?.getAttribute('href')?.includes('unread'),
      );
      await row(own.page, 'News').click();
      await own.page.getByTestId('run-end').waitFor();
      await elsewhere.getByTestId('unread').waitFor({ state: 'detached' });
      await own.page.goto(own.konui.url);
      await row(own.page, 'News').waitFor();
      await own.page.getByTestId('unread').waitFor({ state: 'detached' });
    } finally {
      await other.close();
    }
  });

  it('shows on the overview what an agent asks, and how many wait in the title', async () => {
    const sessionId = await newSession({ title: 'Asks' });
    await promptFromOutside(own.konui, sessionId, '/run echo from-the-overview');
    await signIn();
    const card = own.page.getByTestId('needs-you');
    await card.getByText('echo from-the-overview').waitFor();
    await own.page.waitForFunction(() => document.title.startsWith('(1) Overview'));
    await own.page.keyboard.press('w');
    await own.page.waitForURL(`**/s/${sessionId}`);
    await own.page.getByTestId('permission').waitFor();
    await own.page.waitForFunction(() => document.title.startsWith('(1) Asks'));
  });
});
