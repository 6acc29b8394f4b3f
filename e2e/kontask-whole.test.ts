import { join } from 'node:path';
import { createApi, createKontasksApi, type KontasksApi } from '@konui/client';
import { findBrowser, findRealAgent, isPresent } from '@konui/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeRepository, type Repository } from './make-repository.ts';
import { createSession, promptFromOutside } from './shell-page.ts';
import { useKonuiPage } from './use-konui-page.ts';

const chromium = findBrowser();
const AGENTS = ['claude', 'codex'] as const;
const provider = AGENTS.find((name) => findRealAgent(name).available) ?? AGENTS[0];
const agent = findRealAgent(provider);

const REPORT = '<h2 style="color:#16a34a">The total is right</h2><p>It was counted twice.</p>';
const SECOND_PROMPT = 'Release the shop with the right total';

const REPOSITORY: Repository = {
  file: 'cart.ts',
  versions: [
    ['export const total = (sum: number) => sum * 2;\n', 'Count'],
    ['export const total = (sum: number) => sum;\n', 'Count once'],
  ],
};

describe.runIf(isPresent(chromium) && isPresent(agent))(`a kontask from end to end, with ${provider}`, () => {
  const own = useKonuiPage({ agents: [provider] });
  let kontasks: KontasksApi;
  let sessionId: string;
  let sha: string;

  beforeAll(async () => {
    const { konui } = own;
    const access = { baseUrl: konui.url, token: konui.token };
    const api = createApi(access);
    kontasks = createKontasksApi(access);
    const projectPath = join(konui.project, 'shop');
    sha = makeRepository(projectPath, REPOSITORY);
    ({ sessionId } = await api.sessions.create({ provider, projectPath }));
    await api.sessions.change(sessionId, { title: 'The shop' });
    // Newer, and of the same project: an action that went to the newest session would go here.
    await createSession(konui, api, { title: 'Beside it', folder: 'shop' });
  });

  it('[B8] [B4] [B5] [B7] the agent completes it; the page tells, shows the report, acts once and shows the commit', async () => {
    const { konui, page } = own;
    await page.goto(konui.link);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    const title = 'Why is the total wrong?';
    const { kontask } = await kontasks.create({ title, targetUser: provider, sessionId, scope: 'shop' });

    const args = {
      id: kontask.id,
      output: REPORT,
      commitSha: sha,
      choices: [
        { label: 'Leave it', value: 'leave it' },
        { label: 'Release it', value: SECOND_PROMPT, primary: true },
      ],
    };
    await promptFromOutside(konui, sessionId, `[[tool ${JSON.stringify({ name: '*kontask_complete', args })}]]`);
    const toast = page.getByTestId('toast').filter({ hasText: title });
    // It stays as long as the pointer rests on it.
    await toast.hover({ timeout: 90_000 });
    const badge = page.getByTestId('kontasks-unread');
    await expect.poll(() => badge.innerText()).toBe('1');

    await toast.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    const report = page.frameLocator('[data-testid=report]');
    await report.getByRole('heading', { name: 'The total is right' }).waitFor();
    await report.getByText('It was counted twice.').waitFor();
    await badge.waitFor({ state: 'detached' });

    const actions = page.getByRole('region', { name: 'Quick Actions', exact: true });
    await expect.poll(() => actions.getByTestId('choice').allInnerTexts()).toEqual(['Leave it', 'Release it']);
    await expect.poll(() => actions.locator('[data-testid=choice].primary').innerText()).toBe('Release it');
    // The report above is as high as it will be: nothing moves under the pointer.
    await page.locator('[data-testid=report][style*=height]').waitFor();
    await actions.getByRole('button', { name: 'Release it' }).dblclick();
    await actions.getByText('Sent').waitFor();
    await expect.poll(() => actions.locator('.kontask-taken li').count()).toBe(1);

    await page
      .getByRole('link', { name: sha.slice(0, 8) })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Count once' }).waitFor();
    const file = page.getByTestId('commit-file');
    await file.locator('.diff-row.removed').getByText('sum * 2').waitFor();
    await file.locator('.diff-row.added').waitFor();

    await page.goBack();
    await actions.getByRole('link', { name: 'Open the session' }).first().click();
    await page.waitForURL(`${konui.url}/s/${sessionId}`);
    const prompts = page.getByTestId('prompt');
    await prompts.getByText(SECOND_PROMPT).waitFor();
    // The agent has answered both, and nothing more came; what is above the end comes a moment later.
    await expect.poll(() => page.getByTestId('run-end').count(), { timeout: 90_000 }).toBe(2);
    await expect.poll(() => prompts.count()).toBe(2);
    expect((await kontasks.get(kontask.id)).actions).toMatchObject([{ sessionId, choiceIndex: 1 }]);
  });
});
