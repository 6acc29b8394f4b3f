import { createApi, createKontasksApi } from '@konui/client';
import { findBrowser, isPresent } from '@konui/testing';
import { describe, expect, it } from 'vitest';
import { createSession } from './shell-page.ts';
import { useKonuiPage } from './use-konui-page.ts';

describe.runIf(isPresent(findBrowser()))('hand-over in the settings', () => {
  const world = useKonuiPage();

  it('[KON8] a rule that is made here gives a request to its agent, is switched off and removed', async () => {
    const { page, konui } = world;
    const access = { baseUrl: konui.url, token: konui.token };
    const kontasks = createKontasksApi(access);
    const sessionId = await createSession(konui, createApi(access), { title: 'The shop' });
    const ask = () => kontasks.create({ title: 'Fix the cart', targetUser: 'demo', scope: 'project' });
    const first = (await ask()).kontask.id;
    await page.goto(konui.link);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.goto(`${konui.url}/settings/hand-over`);
    await page.getByText('No request is handed over').waitFor();
    expect((await kontasks.get(first)).kontask.status).toBe('requested');

    await page.getByRole('button', { name: 'Add a rule' }).click();
    const dialog = page.getByRole('dialog', { name: 'Hand requests over' });
    await dialog.getByLabel('Agent', { exact: true }).selectOption('demo');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByRole('alert').getByText('Enter the folder').waitFor();
    await dialog.getByLabel('Folder', { exact: true }).fill(`${konui.project}/project`);
    await dialog.getByRole('button', { name: 'Add' }).click();
    const rule = page.getByRole('checkbox', { name: /^Requests for demo/ });
    await rule.waitFor();
    await expect.poll(async () => (await kontasks.get(first)).kontask.status).toBe('in_progress');
    const changes = async () => (await kontasks.get(first)).history.map(({ change }) => change);
    await expect.poll(changes).toContain(`handed over to demo in session ${sessionId}`);

    const stored = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok());
    await rule.click();
    await stored;
    await expect.poll(() => rule.isChecked()).toBe(false);
    const second = (await ask()).kontask.id;
    await page.getByRole('button', { name: /^Remove: / }).click();
    await page.getByText('No request is handed over').waitFor();
    expect((await kontasks.get(second)).kontask.status).toBe('requested');
  });
});
