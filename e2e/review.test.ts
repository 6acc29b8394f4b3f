import { inject, createApi } from '@konui/client';
import { findBrowser, isPresent } from '@konui/testing';
import { describe, expect, it } from 'vitest';
import { createSession } from './shell-page.ts';
import { useKonuiPage } from './use-konui-page.ts';

describe.runIf(isPresent(findBrowser()))('a script that one wants to be asked about', () => {
  const world = useKonuiPage();

  it('[INJ5] its token is made in the settings; what it injects waits until a person sends it', async () => {
    const { page, konui } = world;
    const api = createApi({ baseUrl: konui.url, token: konui.token });
    const sessionId = await createSession(konui, api, { title: 'The shop' });
    await page.goto(konui.link);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.goto(`${konui.url}/settings/access`);
    await page.getByRole('button', { name: 'New access token' }).click();
    const dialog = page.getByRole('dialog', { name: 'New access token' });
    await dialog.getByLabel('Name', { exact: true }).fill('CI');
    const asksFirst = dialog.getByRole('checkbox', { name: /^Ask me first/ });
    expect(await asksFirst.count()).toBe(0);
    for (const right of [/^See/, /^Prompt/, /^Answer/]) await dialog.getByRole('checkbox', { name: right }).uncheck();
    await dialog.getByRole('checkbox', { name: /^Inject/ }).check();
    await asksFirst.check();
    await dialog.getByRole('button', { name: 'Create' }).click();
    const token = await page.getByLabel('Token', { exact: true }).inputValue();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('after your review').waitFor();

    const answer = await inject({ baseUrl: konui.url, token }, { sessionId, text: '/stream 1', origin: 'nightly' });
    expect(answer.promptId).toBeNull();
    await page.goto(`${konui.url}/kontasks/${answer.kontaskId}`);
    await page.getByRole('heading', { name: 'nightly: /stream 1', level: 1 }).waitFor();
    expect((await api.sessions.get(sessionId)).lastRun).toBeNull();
    const actions = page.getByRole('region', { name: 'Quick Actions', exact: true });
    await actions.getByRole('button', { name: 'Send' }).click();
    await actions.getByRole('link', { name: 'Open the session' }).first().click();
    await page.waitForURL(`${konui.url}/s/${sessionId}`);
    await page.getByTestId('prompt').getByText('/stream 1').waitFor();
    await page.getByTestId('run-end').waitFor();
  });
});
