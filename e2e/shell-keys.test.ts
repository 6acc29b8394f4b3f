import { findBrowser, isPresent } from '@konui/testing';
import { describe, expect, it } from 'vitest';
import { sendPrompt } from './session-page.ts';
import { bottomOf, inMenu, palette, PHONE, row, tabTo, untilFocused } from './shell-page.ts';
import { useKonuiPage } from './use-konui-page.ts';
import { useNamedSessions } from './use-named-sessions.ts';

const chromium = findBrowser();

describe.runIf(isPresent(chromium))('around a conversation: keys, themes and the phone', () => {
  const own = useKonuiPage();
  const { newSession } = useNamedSessions(own);
  const signIn = () => own.page.goto(own.konui.link);

  it('reaches any session from the palette in three keys, and does what it lists', async () => {
    const first = await newSession({ title: 'Alpha' });
    await newSession({ title: 'Beta' });
    await newSession({ title: 'Gamma' });
    await signIn();
    for (const title of ['Alpha', 'Beta', 'Gamma']) await row(own.page, title).waitFor();
    await own.page.keyboard.press('Control+k');
    const field = palette(own.page);
    await untilFocused(field);
    await own.page.keyboard.press('p');
    const options = own.page.getByRole('option');
    await expect.poll(() => field.inputValue()).toBe('p');
    const place = (await options.allTextContents()).findIndex((text) => text.includes('Alpha')) + 1;
    await own.page.keyboard.press(`Alt+${place}`);
    await own.page.waitForURL(`**/s/${first}`);
    await own.page.getByLabel('Prompt', { exact: true }).waitFor();
    await own.page.keyboard.press('Control+k');
    await field.fill('archive this');
    await own.page.getByRole('option', { name: 'Archive (this session)', selected: true }).waitFor();
    await own.page.keyboard.press('Enter');
    await own.page.getByTestId('toast').getByText('is in the archive').waitFor();
    await own.page.keyboard.press('Control+k');
    await untilFocused(field);
    await own.page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
  });

  it('leaves out a palette that Escape took back before it was loaded, and stops no run with that key', async () => {
    await newSession({ title: 'A slow line' });
    // Else the worker would have the palette's code before anybody asks for it.
    const context = await own.browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.goto(own.konui.link);
    await row(page, 'A slow line').click();
    await sendPrompt(page, '/stream 100000 20');
    const stop = page.getByRole('button', { name: 'Stop', exact: true });
    await stop.waitFor();
    const asked = Promise.withResolvers<void>();
    const arrival = Promise.withResolvers<void>();
    await page.route('**/shell-windows-*.js', async (route) => {
      asked.resolve();
      await arrival.promise;
      await route.continue();
    });
    await page.keyboard.press('Control+k');
    await asked.promise;
    await page.keyboard.press('Escape');
    const windows = page.waitForResponse(/shell-windows-/);
    arrival.resolve();
    await (await windows).finished();
    await page.keyboard.press('Control+k');
    await palette(page).waitFor();
    await page.keyboard.press('Escape');
    await palette(page).waitFor({ state: 'detached' });
    expect(await stop.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await stop.waitFor({ state: 'detached' });
    await context.close();
  });

  it('has keys for everything, a list of them, and a switch for those that are pressed alone', async () => {
    const [first, second] = [await newSession({ title: 'One' }), await newSession({ title: 'Two' })];
    await signIn();
    await row(own.page, 'One').waitFor();
    await own.page.keyboard.press('Alt+ArrowDown');
    await own.page.waitForURL(new RegExp(`/s/(${first}|${second})`));
    const opened = own.page.url();
    await own.page.getByLabel('Prompt', { exact: true }).waitFor();
    await own.page.keyboard.press('Alt+ArrowDown');
    await own.page.waitForURL((url) => url.href !== opened && url.pathname.startsWith('/s/'));
    await own.page.getByRole('main').focus();
    await own.page.keyboard.press('g');
    await own.page.keyboard.press('h');
    await own.page.waitForURL(`${own.konui.url}/`);
    await own.page.keyboard.press('?');
    const sheet = own.page.getByRole('dialog', { name: 'Keys' });
    await sheet.getByText('Next session that needs you').waitFor();
    await sheet.getByRole('checkbox').uncheck();
    await own.page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await own.page.keyboard.press('/');
    await own.page.keyboard.press('Control+Alt+n');
    await own.page.waitForURL('**/new');
    await own.page.keyboard.press('Control+k');
    await palette(own.page).fill('keys');
    await own.page.getByRole('option', { name: /^Keys/, selected: true }).waitFor();
    await own.page.keyboard.press('Enter');
    await sheet.getByRole('checkbox').check();
    await own.page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await own.page.keyboard.press('/');
    await own.page.waitForURL('**/search');
  });

  it('finds words in all conversations by keyboard, and leads to their moment', async () => {
    const sessionId = await newSession({ title: 'Where the zebra grazes' });
    await newSession({ title: 'Something else' });
    await signIn();
    await own.page.getByRole('heading', { name: 'Overview' }).waitFor();
    await own.page.keyboard.press('/');
    const field = own.page.getByLabel('Words in titles, prompts, answers and commands');
    await field.fill('no such animal');
    await own.page.getByText('Nothing found for “no such animal”.').waitFor();
    await field.fill('zebra');
    await own.page.getByText('1 place in 1 session').waitFor();
    await own.page.waitForURL(`${own.konui.url}/search?q=zebra`);
    await expect.poll(() => own.page.locator('mark').allTextContents()).toEqual(['zebra']);
    await own.page.keyboard.press('ArrowDown');
    await own.page.keyboard.press('Enter');
    await own.page.waitForURL((url) => url.pathname === `/s/${sessionId}`);
    await own.page.goBack();
    await own.page.getByText('1 place in 1 session').waitFor();
  });

  it('paints a chosen theme from the first frame on, whatever the system says', async () => {
    await own.page.emulateMedia({ colorScheme: 'light' });
    await signIn();
    await own.page.getByRole('heading', { name: 'Overview' }).waitFor();
    await own.page.keyboard.press('t');
    await own.page.keyboard.press('t');
    await own.page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
    await own.page.addInitScript(recordBackgrounds);
    await own.page.reload();
    await own.page.getByRole('heading', { name: 'Overview' }).waitFor();
    const backgrounds = await own.page.evaluate(() => (window as Window & { backgrounds?: string[] }).backgrounds);
    expect(new Set(backgrounds)).toEqual(new Set(['rgb(21, 23, 28)']));
    const colours = await own.page
      .locator('meta[name=theme-color]')
      .evaluateAll((all) => all.map((meta) => meta.getAttribute('content')));
    expect(new Set(colours)).toEqual(new Set(['#15171c']));
    await own.page.keyboard.press('t');
    await own.page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)');
  });

  it('has a bar at the bottom of a phone that makes room for the keyboard, and sheets that close', async () => {
    await newSession({ title: 'On the phone' });
    await own.page.setViewportSize(PHONE);
    await signIn();
    const bar = own.page.getByRole('navigation', { name: 'Pages' });
    await bar.getByRole('button', { name: 'Sessions' }).click();
    await row(own.page, 'On the phone').waitFor();
    await row(own.page, 'On the phone').click();
    const field = own.page.getByLabel('Prompt', { exact: true });
    await field.click();
    await bar.waitFor();
    await own.page.setViewportSize({ width: PHONE.width, height: 440 });
    await bar.waitFor({ state: 'hidden' });
    await expect.poll(() => bottomOf(own.page, field)).toBeLessThanOrEqual(440);
    await own.page.setViewportSize(PHONE);
    await bar.waitFor();
    await bar.getByRole('button', { name: 'Sessions' }).click();
    await row(own.page, 'On the phone').click({ button: 'right' });
    const menu = own.page.getByRole('menu');
    await menu.waitFor();
    await expect.poll(() => bottomOf(own.page, menu)).toBe(PHONE.height);
    await inMenu(own.page, 'Rename').click();
    const dialog = own.page.getByRole('dialog');
    await dialog.waitFor();
    // It comes up from the bottom, and is taken where it rests.
    await expect.poll(() => bottomOf(own.page, dialog)).toBe(PHONE.height);
    const handle = await dialog.locator('.sheet-handle').boundingBox();
    if (handle === null) throw new Error('the sheet has no handle');
    await own.page.mouse.move(handle.x + handle.width / 2, handle.y + 8);
    await own.page.mouse.down();
    await own.page.mouse.move(handle.x + handle.width / 2, handle.y + 160, { steps: 4 });
    await own.page.mouse.up();
    await dialog.waitFor({ state: 'detached' });
    await own.page.setViewportSize({ width: 320, height: 640 });
    await expect.poll(() => own.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  it('has each row’s actions in its middle where fingers press, and offers no page twice', async () => {
    await newSession({ title: 'Under the thumb' });
    const context = await own.browser.newContext({ viewport: PHONE, hasTouch: true, isMobile: true });
    const page = await context.newPage();
    await page.goto(own.konui.link);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Sessions' }).tap();
    await row(page, 'Under the thumb').waitFor();
    const middle = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((each) => {
          const { top, bottom } = each.getBoundingClientRect();
          return Math.round((top + bottom) / 2);
        });
    expect(await middle('.row-menu-button')).toBe(await middle('.session-row'));
    const project = await middle('.project-name');
    expect(Math.abs((await middle('.project-new')) - project)).toBeLessThanOrEqual(1);
    for (const name of ['Kontasks', 'Search everything', 'Settings']) {
      expect(await page.locator('.sidebar-foot').getByRole('link', { name }).count()).toBe(0);
    }
    await context.close();
  });

  it('leads from an empty home to the first answer by keyboard alone', async () => {
    await signIn();
    await own.page.getByRole('heading', { name: 'Nothing here yet' }).waitFor();
    await tabTo(own.page, own.page.getByRole('link', { name: 'Set up' }));
    await own.page.keyboard.press('Enter');
    await own.page.waitForURL('**/setup');
    await tabTo(own.page, own.page.getByRole('radio', { name: /Demo/ }));
    await own.page.keyboard.press('Space');
    await own.page.keyboard.press('Enter');
    await own.page.getByRole('heading', { name: 'In which folder?' }).waitFor();
    await tabTo(own.page, own.page.getByLabel('Folder', { exact: true }));
    await own.page.keyboard.press('Control+a');
    await own.page.keyboard.type(own.konui.project);
    await own.page.keyboard.press('Enter');
    await own.page.getByRole('heading', { name: 'What should it do first?' }).waitFor();
    await tabTo(own.page, own.page.getByLabel('First prompt'));
    await own.page.keyboard.type('/stream 3');
    await tabTo(own.page, own.page.getByRole('button', { name: 'Start' }));
    await own.page.keyboard.press('Enter');
    await own.page.getByTestId('run-end').waitFor();
    const composer = own.page.getByLabel('Prompt', { exact: true });
    await untilFocused(composer);
    await expect.poll(() => composer.inputValue()).toBe('');
    await sendPrompt(own.page, '/stream 2');
    await own.page.getByTestId('run-end').nth(1).waitFor();
  });
});

/** Runs in the own.page before anything else: the background of each frame that is painted. */
function recordBackgrounds(): void {
  const backgrounds: string[] = [];
  Object.assign(window, { backgrounds });
  const look = (): void => {
    if (document.body !== null) backgrounds.push(getComputedStyle(document.body).backgroundColor);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
