import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createApi, createKontasksApi, type KontasksApi } from '@konui/client';
import { Kontask } from '@konui/protocol';
import { findBrowser, isPresent, launchBrowser, type RunningKonui, startKonui } from '@konui/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeRepository } from './make-repository.ts';
import { problemsOf } from './session-page.ts';
import { createSession, DESKTOP, PHONE } from './shell-page.ts';

const chromium = findBrowser();
const EXAMPLES = ['console-implementation', 'status-report', 'architecture'].map((name) =>
  Kontask.parse(JSON.parse(readFileSync(join(import.meta.dirname, `../examples/kontasks/${name}.json`), 'utf8'))),
);

/** Everything that would reach out, lead away or run, if it were let. */
const hostile = (origin: string): string => `
  <base href="${origin}/canary-base/"><meta http-equiv="refresh" content="0;url=${origin}/canary-meta">
  <p id="styled" style="color:#ff000080">still styled</p><style>#by-sheet { color: rgb(1, 2, 3) }</style>
  <p id="by-sheet">by a sheet</p><style>@import url(${origin}/canary-import); p { background: url(${origin}/canary-css) }</style>
  <link rel="stylesheet" href="${origin}/canary-sheet"><script>top.ran = self.ran = 1</script><script src="${origin}/canary-script"></script>
  <img src="${origin}/canary-image" onerror="top.ran = 1"><img src="x" srcset="${origin}/canary-srcset 2x"><body onload="top.ran = 1">
  <svg onload="top.ran = 1"><image href="${origin}/canary-svg"/><use href="${origin}/canary-use#a"/><script>top.ran = 1</script>
  <a href="${origin}/canary-svg-link"><text y="20" id="svg-link">drawn</text></a></svg>
  <iframe src="${origin}/canary-frame"></iframe><object data="${origin}/canary-object"></object><embed src="${origin}/canary-embed">
  <iframe srcdoc="<script>top.ran = 1</script><img src=${origin}/canary-nested>"></iframe>
  <form action="${origin}/canary-form"><button id="submit" autofocus onfocus="top.ran = 1">send</button></form>
  <video src="${origin}/canary-video" poster="${origin}/canary-poster" autoplay></video><audio src="${origin}/canary-audio"></audio>
  <a id="link" href="${origin}/canary-link" target="_top" ping="${origin}/canary-ping">link</a>
  <a id="code" href="javascript:top.ran=1">code</a><details open ontoggle="top.ran = 1"><summary>more</summary></details>
  <p style="background: url(${origin}/canary-inline)">inline</p><pre>&lt;--SSE--&gt;</pre>`;

describe.runIf(isPresent(chromium))('kontasks', () => {
  let konui: RunningKonui;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let kontasks: KontasksApi;
  let sha: string;

  beforeAll(async () => {
    if (!chromium.available) throw new Error('unreachable');
    konui = await startKonui();
    browser = await launchBrowser(chromium.path);
    const access = { baseUrl: konui.url, token: konui.token };
    // What a person did is no news to people.
    kontasks = createKontasksApi({ ...access, actingAs: 'claude' });
    await createSession(konui, createApi(access), { title: 'The tools', folder: 'vibetools' });
    sha = makeRepository(join(konui.project, 'vibetools'), {
      file: 'hello.ts',
      versions: [
        ["export const greeting = 'hello';\n", 'Greet'],
        ["export const greeting = 'good day';\n", 'Greet politely'],
      ],
    });
    for (const example of EXAMPLES) {
      await kontasks.import(example);
      await kontasks.markRead(example.id);
    }
  });
  afterAll(async () => {
    await browser.close();
    await konui.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: DESKTOP, timezoneId: 'Australia/Brisbane' });
    page = await context.newPage();
    await page.goto(konui.link);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  });
  afterEach(() => context.close());

  const section = (name: string) => page.getByRole('region', { name, exact: true });
  const open = (id: string) => page.goto(`${konui.url}/kontasks/${id}`);
  const rows = () => page.getByTestId('kontask-row');
  const titles = () => page.locator('.kontask-row-title').allInnerTexts();

  it('[B9] lists the newest first, filters, searches in the address, and is live', async () => {
    const problems = problemsOf(page);
    await page.getByRole('main').getByRole('link', { name: 'Kontasks' }).click();
    await rows().nth(2).waitFor();
    await expect.poll(titles).toEqual([EXAMPLES[1]?.title, EXAMPLES[0]?.title, EXAMPLES[2]?.title]);
    await page.getByRole('searchbox', { name: 'Search kontasks' }).fill('audit');
    await expect.poll(titles).toEqual([EXAMPLES[1]?.title]);
    await page.waitForURL(/\/kontasks\?q=audit$/);
    await page.getByRole('searchbox', { name: 'Search kontasks' }).fill('');
    await page.getByLabel('Tag').selectOption('ui');
    await expect.poll(titles).toEqual([EXAMPLES[0]?.title]);
    const { kontask } = await kontasks.create({ title: 'Came while looking', tags: ['ui'] });
    await expect.poll(titles).toEqual(['Came while looking', EXAMPLES[0]?.title]);
    await kontasks.remove(kontask.id);
    await expect.poll(titles).toEqual([EXAMPLES[0]?.title]);
    expect(problems).toEqual([]);
  });

  it.each(EXAMPLES)('[B3] shows label by label what is known of: $title', async (example) => {
    await open(example.id);
    await page.getByRole('heading', { name: example.title, level: 1 }).waitFor();
    await page.getByRole('link', { name: '← Back to Kontasks' }).waitFor();
    await page.getByText(example.description, { exact: true }).waitFor();
    await section('Raw Data').waitFor();
    const headings = () => page.getByRole('heading', { level: 2 }).allInnerTexts();
    const commit = example.context.commitSha === undefined ? [] : ['🔗 Git Commit'];
    const labels = ['Output', 'Quick Actions', 'Original Request', 'Details', ...commit, 'Raw Data', 'History'];
    await expect.poll(async () => (await headings()).filter((heading) => labels.includes(heading))).toEqual(labels);
    const facts = async () =>
      (await section('Details').locator('dl > div').allInnerTexts()).map((fact) => fact.split(/\n+/).join(' '));
    const dates: Record<string, string> = {
      [String(EXAMPLES[0]?.id)]: '8 Jan 2026, 1:11 pm',
      [String(EXAMPLES[1]?.id)]: '8 Jan 2026, 2:23 pm',
      [String(EXAMPLES[2]?.id)]: '3 Jan 2026, 6:42 pm',
    };
    await expect
      .poll(facts)
      .toEqual([
        'Type General',
        'Status Completed',
        'Scope vibetools',
        `Tags ${example.tags.join(' ')}`,
        `Created ${dates[example.id]}`,
        `Updated ${dates[example.id]}`,
        'Created By claude',
        'For claude',
      ]);
    await section('Original Request').getByText('No layout configured').waitFor();
    await expect
      .poll(() => section('Quick Actions').getByTestId('choice').allInnerTexts())
      .toEqual(example.context.choices?.map(({ label }) => label));
    expect(JSON.parse(await section('Raw Data').locator('code').innerText())).toEqual(example);
    const report = page.getByTestId('report');
    await expect.poll(() => report.evaluate((frame: HTMLIFrameElement) => frame.clientHeight)).toBeGreaterThan(300);
    await expect
      .poll(() => report.evaluate((frame: HTMLIFrameElement) => frame.contentDocument?.body.innerText))
      .toContain(example.title.split(' ')[0]);
    // Whole, without a bar to scroll by.
    await expect
      .poll(() =>
        report.evaluate((frame: HTMLIFrameElement) => {
          const root = frame.contentDocument?.documentElement;
          return root !== undefined && root.scrollHeight <= root.clientHeight + 1;
        }),
      )
      .toBe(true);
  });

  it('[B4] a hostile report runs nothing, asks for nothing, leads nowhere, and keeps its styles', async () => {
    const asked: string[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const port = (elsewhere.address() as AddressInfo).port;
    // To Konui's own origin, and to another one.
    const output = hostile('') + hostile(`http://127.0.0.1:${port}`);
    const { kontask } = await kontasks.create({ title: 'Hostile', context: { output } });
    // What the policy stops is never answered.
    context.on('response', (response) => asked.push(response.url()));
    await open(kontask.id);
    const report = page.getByTestId('report');
    await expect
      .poll(() =>
        report.evaluate((frame: HTMLIFrameElement) => Boolean(frame.contentDocument?.getElementById('by-sheet'))),
      )
      .toBe(true);
    const look = await report.evaluate((frame: HTMLIFrameElement) => {
      const document = frame.contentDocument;
      const color = (id: string) => {
        const element = document?.getElementById(id) ?? null;
        return element === null ? '' : getComputedStyle(element).color;
      };
      return {
        styled: color('styled'),
        bySheet: color('by-sheet'),
        links: document?.querySelectorAll('a[href]').length,
      };
    });
    expect(look).toEqual({ styled: 'rgba(255, 0, 0, 0.5)', bySheet: 'rgb(1, 2, 3)', links: 0 });
    const inFrame = page.frameLocator('[data-testid=report]');
    for (const id of ['link', 'code', 'submit', 'svg-link'])
      await inFrame.locator(`#${id}`).first().click({ force: true });
    await section('Raw Data').scrollIntoViewIfNeeded();
    expect(new URL(page.url()).pathname).toBe(`/kontasks/${kontask.id}`);
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
    expect(asked.filter((url) => url.includes('canary'))).toEqual([]);
    elsewhere.close();
    await kontasks.remove(kontask.id);
  });

  it('[B5] the primary action runs a prompt in the project’s session, a double click once', async () => {
    const [example] = EXAMPLES;
    if (example === undefined) throw new Error('unreachable');
    await open(example.id);
    await page.getByRole('button', { name: 'Restart konui' }).dblclick();
    await section('Quick Actions').getByText('Sent').waitFor();
    const { actions } = await kontasks.get(example.id);
    expect(actions).toHaveLength(1);
    await section('Quick Actions').getByRole('link', { name: 'Open the session' }).first().click();
    await page.waitForURL(`${konui.url}/s/${actions[0]?.sessionId}`);
    const prompt = page.getByTestId('prompt');
    await prompt.getByText('Restart konui to apply the WebSocket console changes').waitFor();
    expect(await prompt.count()).toBe(1);
    // The demo works on it until it asks.
    await page.getByRole('button', { name: 'Allow', exact: true }).waitFor();
  });

  it('[B11] asks for the session where none can be told', async () => {
    const choices = [{ label: 'Say hello', value: 'hello from nowhere', primary: true }];
    const { kontask } = await kontasks.create({ title: 'Of no project', scope: 'elsewhere', context: { choices } });
    await open(kontask.id);
    await page.getByRole('button', { name: 'Say hello' }).click();
    const dialog = page.getByRole('dialog', { name: 'Which session?' });
    await dialog.getByRole('button', { name: /The tools/ }).click();
    await section('Quick Actions').getByText('Sent').waitFor();
    await dialog.waitFor({ state: 'detached' });
    expect((await kontasks.get(kontask.id)).actions).toHaveLength(1);
    await kontasks.remove(kontask.id);
  });

  it('[B7] the short sha leads to the whole change; where there is none, it says why', async () => {
    const { kontask } = await kontasks.create({ title: 'Greeted', scope: 'vibetools', context: { commitSha: sha } });
    await open(kontask.id);
    await page.getByRole('link', { name: sha.slice(0, 8) }).click();
    await page.getByRole('heading', { name: 'Greet politely' }).waitFor();
    const file = page.getByTestId('commit-file');
    await file.getByText("'good day'").waitFor();
    await expect.poll(() => file.locator('.diff-row.removed').count()).toBe(1);
    await expect.poll(() => file.locator('.diff-row.added').count()).toBe(1);
    await open(EXAMPLES[0]?.id ?? '');
    await section('🔗 Git Commit').getByText('50d3593a').first().waitFor();
    expect(await section('🔗 Git Commit').getByRole('link').count()).toBe(0);
    await kontasks.remove(kontask.id);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const lost = (await kontasks.create({ title: 'Lost', scope: 'nowhere', context: { commitSha: sha } })).kontask.id;
    await open(lost);
    await section('🔗 Git Commit').getByText('no session works on a project called nowhere').waitFor();
    expect(asked).toContain(`/api/kontasks/${lost}`);
    expect(asked).not.toContain(`/api/kontasks/${lost}/commit`);
    await kontasks.remove(lost);
  });

  it('[B8] one that comes shows a toast and the unread badge; opening it takes it off the badge', async () => {
    const badge = page.getByTestId('kontasks-unread');
    // What is there when the page opens is counted; what comes then is told.
    const before = (await kontasks.create({ title: 'From before' })).kontask;
    await expect.poll(() => badge.innerText()).toBe('1');
    const { kontask } = await kontasks.create({ title: 'Fresh from the agent', context: { output: '<p>done</p>' } });
    const toast = page.getByTestId('toast').filter({ hasText: 'Fresh from the agent' });
    // It stays as long as the pointer rests on it.
    await toast.hover();
    await expect.poll(() => badge.innerText()).toBe('2');
    await toast.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { name: 'Fresh from the agent' }).waitFor();
    await expect.poll(() => badge.innerText()).toBe('1');
    await kontasks.remove(before.id);
    await badge.waitFor({ state: 'detached' });
    await kontasks.remove(kontask.id);
    await page.getByText('This kontask was deleted.').waitFor();
  });

  it('[B8] the overview and the bar of a phone lead to them, with how many are unread', async () => {
    const { kontask } = await kontasks.create({ title: 'Unread on the phone' });
    await page.getByRole('main').getByRole('link', { name: 'Kontasks 1 unread' }).waitFor();
    await page.setViewportSize(PHONE);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Kontasks 1 unread' }).click();
    await page.getByRole('heading', { name: 'Kontasks', level: 1 }).waitFor();
    await kontasks.remove(kontask.id);
  });

  it('[B2] a person makes, edits, cancels, asks again and deletes; an edit of what changed meanwhile is refused', async () => {
    const problems = problemsOf(page);
    await page.goto(`${konui.url}/kontasks`);
    await page.getByRole('button', { name: 'New kontask' }).click();
    await page.getByLabel('Title', { exact: true }).fill('Look at the build');
    await page.getByLabel('Request', { exact: true }).fill('Why is it slow?');
    await page.getByRole('dialog').getByLabel('For', { exact: true }).fill('claude');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Look at the build' }).waitFor();
    await section('Original Request').getByText('Why is it slow?').waitFor();
    const status = section('Details').locator('.kontask-status');
    await expect.poll(() => status.innerText()).toBe('Requested');
    const id = page.url().split('/').at(-1) ?? '';
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Title', { exact: true }).fill('Mine');
    await kontasks.change(id, { title: 'Theirs' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Load what is there now' }).click();
    await expect.poll(() => page.getByLabel('Title', { exact: true }).inputValue()).toBe('Theirs');
    await page.getByLabel('Title', { exact: true }).fill('Ours');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Ours' }).waitFor();
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('dialog').getByLabel('For', { exact: true }).fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await section('Details').getByText('claude', { exact: true }).waitFor({ state: 'detached' });
    expect((await kontasks.get(id)).kontask).not.toHaveProperty('targetUser');
    await page.getByRole('button', { name: 'Cancel it' }).click();
    await expect.poll(() => status.innerText()).toBe('Cancelled');
    await page.getByRole('button', { name: 'Request again' }).click();
    await expect.poll(() => status.innerText()).toBe('Requested');
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('heading', { name: 'Kontasks' }).waitFor();
    // The refusal of the old version is told by the browser too.
    expect(problems.filter((problem) => !problem.includes('412'))).toEqual([]);
  });
});
