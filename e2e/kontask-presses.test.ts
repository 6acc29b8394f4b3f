import { createApi, createKontasksApi, type KontasksApi } from '@konui/client';
import { findBrowser, isPresent } from '@konui/testing';
import type { Locator } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSession } from './shell-page.ts';
import { useKonuiPage } from './use-konui-page.ts';

const TALL = '<div style="height: 900px">tall</div>';

describe.runIf(isPresent(findBrowser()))('the actions below a report', () => {
  const own = useKonuiPage();
  let kontasks: KontasksApi;
  const section = (name: string): Locator => own.page.getByRole('region', { name, exact: true });

  beforeAll(async () => {
    const access = { baseUrl: own.konui.url, token: own.konui.token };
    kontasks = createKontasksApi({ ...access, actingAs: 'claude' });
    await createSession(own.konui, createApi(access), { title: 'The tools', folder: 'vibetools' });
  });
  beforeEach(async () => {
    // Requests that a worker answers cannot be held back.
    await own.context.addInitScript(() => Object.defineProperty(navigator, 'serviceWorker', { value: undefined }));
    await own.page.goto(own.konui.link);
    await own.page.getByRole('heading', { name: 'Overview' }).waitFor();
  });

  /** A kontask with a report that comes when it is let, and three actions below it. */
  async function openHeld(
    output: string,
  ): Promise<{ id: string; release: () => Promise<void>; place: () => Promise<unknown> }> {
    const choices = ['Go on', 'Stop', 'Wait'].map((label) => ({ label, value: label }));
    const { kontask } = await kontasks.create({ title: 'Held', scope: 'vibetools', context: { choices, output } });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await own.page.route(/\/report\?ticket=/, async (route) => {
      await held;
      await route.continue();
    });
    await own.page.goto(`${own.konui.url}/kontasks/${kontask.id}`);
    await own.page.getByTestId('report').waitFor();
    return {
      id: kontask.id,
      release: async () => {
        release();
        await own.page.locator('[data-testid=report][style*=height]').waitFor();
      },
      place: () => own.page.getByRole('button', { name: 'Stop' }).boundingBox(),
    };
  }
  it('[B5] no action can be pressed before the report above has its height, and none moves then', async () => {
    const { id, release, place } = await openHeld(TALL);
    await own.page.getByRole('heading', { name: 'Held' }).waitFor();
    expect(await own.page.getByRole('button', { name: 'Stop' }).count()).toBe(0);
    await release();
    await own.page.getByRole('button', { name: 'Stop' }).waitFor();
    await own.page.getByRole('button', { name: 'Go on' }).scrollIntoViewIfNeeded();
    const before = await place();
    await own.page.getByRole('button', { name: 'Go on' }).click();
    await section('Quick Actions').getByText('Go on · Sent').waitFor();
    expect(await place()).toEqual(before);
    expect((await kontasks.get(id)).actions).toMatchObject([{ choiceIndex: 0 }]);
    await kontasks.remove(id);
  });

  it('[B5] a report that comes late moves no action; it is whole when it is asked for', async () => {
    const { id, release, place } = await openHeld(TALL);
    await own.page.getByRole('button', { name: 'Stop' }).waitFor();
    const before = await place();
    await release();
    await own.page.getByRole('button', { name: 'Show the whole report' }).waitFor();
    expect(await place()).toEqual(before);
    await own.page.getByRole('button', { name: 'Show the whole report' }).click();
    await expect
      .poll(() => own.page.getByTestId('report').evaluate((frame: HTMLIFrameElement) => frame.clientHeight))
      .toBeGreaterThan(899);
    await kontasks.remove(id);
  });

  it('[B5] a press on an action that came under the pointer just before sends nothing and says so', async () => {
    const { id, release } = await openHeld('<p>short</p>');
    await release();
    await own.page.getByRole('button', { name: 'Stop' }).waitFor();
    // Pressed as soon as it has moved, by a pointer that was aimed before.
    await own.page.evaluate(() => {
      const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Stop');
      if (button === undefined) throw new Error('there is no such button');
      const { top } = button.getBoundingClientRect();
      const look = (): void => {
        if (button.getBoundingClientRect().top === top) return void requestAnimationFrame(look);
        requestAnimationFrame(() => {
          button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
          button.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
        });
      };
      look();
    });
    await kontasks.change(id, { description: 'What somebody else wrote meanwhile' });
    await section('Quick Actions').getByText('The page moved just before').waitFor();
    expect((await kontasks.get(id)).actions).toEqual([]);
    // As soon as it could be aimed at.
    const said = await own.page.evaluate(() => performance.now());
    await own.page.waitForFunction((since) => performance.now() - since >= 400, said);
    await own.page.getByRole('button', { name: 'Stop' }).click();
    await section('Quick Actions').getByText('Stop · Sent').waitFor();
    expect((await kontasks.get(id)).actions).toMatchObject([{ choiceIndex: 1 }]);
    await kontasks.remove(id);
  });
});
