import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKontasksApi, type KontasksApi } from '@konui/client';
import { Kontask } from '@konui/protocol';
import { findBrowser, isPresent } from '@konui/testing';
import type { Locator } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useKonuiPage } from './use-konui-page.ts';

const EXAMPLES = join(import.meta.dirname, '../examples');
const example = (path: string): string => readFileSync(join(EXAMPLES, path), 'utf8');

describe.runIf(isPresent(findBrowser()))('layouts of kontasks', () => {
  const own = useKonuiPage();
  let kontasks: KontasksApi;
  const folder = (): string => join(own.konui.home, 'layouts');
  const write = (file: string, text: string): void => writeFileSync(join(folder(), file), text);
  const section = (name: string): Locator => own.page.getByRole('region', { name, exact: true });
  const request = (): Locator => section('Original Request');
  const open = (id: string) => own.page.goto(`${own.konui.url}/kontasks/${id}`);
  const facts = async (within: Locator): Promise<string[]> =>
    (await within.locator('dl > div').allInnerTexts()).map((fact) => fact.split(/\s+/).join(' '));

  beforeAll(() => {
    kontasks = createKontasksApi({ baseUrl: own.konui.url, token: own.konui.token });
  });
  beforeEach(async () => {
    for (const file of readdirSync(folder())) rmSync(join(folder(), file));
    await own.page.goto(own.konui.link);
    await own.page.getByRole('heading', { name: 'Overview' }).waitFor();
  });

  it('[B6] draws a request by the file of its type as soon as it is there, and says what is wrong with one that is broken', async () => {
    const { kontask } = await kontasks.create({
      title: 'Review the retry',
      type: 'review',
      targetUser: 'claude',
      context: { request: 'Look at the backoff', files: ['a.ts', 'b.ts'], pullRequest: 'javascript:alert(1)' },
    });
    await open(kontask.id);
    await request().getByText('No layout configured').waitFor();
    await request().getByText('Look at the backoff').waitFor();
    write('review.json', example('layouts/review.json'));
    await expect
      .poll(() => facts(request()))
      .toEqual(['Request Look at the backoff', 'Pull Request javascript:alert(1)', 'Files a.ts b.ts']);
    expect(await request().getByRole('link').count()).toBe(0);
    write('review.json', '{"fields": [{"label": "Request", "path": ""}]}');
    await request().getByText('The layout in review.json cannot be used: fields.0.path: must not be empty.').waitFor();
    await request().getByText('Look at the backoff').waitFor();
    rmSync(join(folder(), 'review.json'));
    await request().getByText('No layout configured').waitFor();
  });

  it('[B6] the example layout draws the requests of the example kontasks', async () => {
    write('general.json', example('layouts/general.json'));
    const kontask = Kontask.parse(JSON.parse(example('kontasks/status-report.json')));
    await kontasks.import(kontask);
    await open(kontask.id);
    await expect.poll(() => facts(request())).toHaveLength(4);
    const [askedOf, requested, requestId, offers] = await facts(request());
    expect([askedOf, requestId, offers]).toEqual([
      'Asked Of claude',
      `Request Id ${kontask.requestId}`,
      'Offers Fix stop turn Show file details Add to backlog',
    ]);
    expect(requested).toMatch(/^Requested 8 Jan 2026, \d+:01 [ap]m$/);
  });

  it('[B6] a layout is tried out on a kontask before it is saved, and is not saved over what changed meanwhile', async () => {
    const context = { request: 'Measure it', deep: { line: 7 } };
    const { kontask } = await kontasks.create({ title: 'Slow build', type: 'team/trial', targetUser: 'me', context });
    await open(kontask.id);
    await request().getByRole('link', { name: 'Try one out' }).click();
    const text = own.page.getByLabel('JSON', { exact: true });
    const preview = section('Preview');
    const save = own.page.getByRole('button', { name: 'Save', exact: true });
    await expect.poll(() => facts(preview)).toEqual(['Request Measure it', 'Deep json { "line": 7 }']);
    await text.fill('{"fields": [');
    await own.page.getByText('This is no layout: this is no valid JSON').waitFor();
    await expect.poll(() => save.isDisabled()).toBe(true);
    const layout =
      '{"fields": [{"label": "Line", "path": "context.deep.line"}, {"label": "No", "path": "context.no"}]}';
    await text.fill(layout);
    await expect.poll(() => facts(preview)).toEqual(['Line 7']);
    await preview.getByText('context.no', { exact: true }).waitFor();
    expect(readdirSync(folder())).toEqual([]);
    await save.click();
    await own.page.getByText('Saved.').waitFor();
    expect(readFileSync(join(folder(), 'team%2Ftrial.json'), 'utf8')).toBe(layout);
    await text.fill(layout.replace('Line', 'Mine'));
    write('team%2Ftrial.json', layout.replace('Line', 'Theirs'));
    await own.page.getByRole('button', { name: 'Load what is there now' }).waitFor();
    await expect.poll(() => save.isDisabled()).toBe(true);
    await own.page.getByRole('button', { name: 'Load what is there now' }).click();
    await expect.poll(() => facts(preview)).toEqual(['Theirs 7']);
    await own.page.getByRole('button', { name: 'Delete…' }).click();
    await own.page.getByRole('button', { name: 'Delete', exact: true }).click();
    await own.page.getByText('There is no such file yet.').waitFor();
    expect(readdirSync(folder())).toEqual([]);
  });

  it('[B6] a layout that is not saved is there again after another page and a reload, and says so, until it is discarded', async () => {
    const text = own.page.getByLabel('JSON', { exact: true });
    const types = own.page.getByRole('navigation', { name: 'Types' });
    const mine = '{"fields": [{"label": "Mine", "path": "title"}]}';
    write('kept.json', example('layouts/review.json'));
    await own.page.goto(`${own.konui.url}/kontasks/layouts?type=kept`);
    await expect.poll(() => text.inputValue()).toBe(example('layouts/review.json'));
    await text.fill(mine);
    await own.page.reload();
    await own.page.getByText('Not saved yet, kept in this browser.').waitFor();
    expect(await text.inputValue()).toBe(mine);
    await own.page.getByRole('link', { name: '← Back to Kontasks' }).click();
    await own.page.getByRole('link', { name: 'Layouts' }).click();
    await types.getByRole('link', { name: /^Kept .*not saved/ }).click();
    await expect.poll(() => text.inputValue()).toBe(mine);
    await own.page.getByRole('button', { name: 'Discard my text' }).click();
    await expect.poll(() => text.inputValue()).toBe(example('layouts/review.json'));
    await own.page.getByRole('button', { name: 'Bring my text back' }).click();
    await own.page.getByRole('button', { name: 'Save', exact: true }).click();
    await own.page.getByText('Saved.').waitFor();
    expect(readFileSync(join(folder(), 'kept.json'), 'utf8')).toBe(mine);
    expect(await types.getByText('not saved').count()).toBe(0);
    await own.page.reload();
    await expect.poll(() => text.inputValue()).toBe(mine);
    expect(await own.page.getByText('Not saved yet').count()).toBe(0);
  });

  it('[B6] the page of layouts names each file that cannot be used, and why, and opens the others', async () => {
    await own.page.goto(`${own.konui.url}/kontasks`);
    await own.page.getByRole('link', { name: 'Layouts' }).click();
    await own.page.getByRole('heading', { name: 'Layouts', level: 1 }).waitFor();
    const types = own.page.getByRole('navigation', { name: 'Types' });
    write('good.json', example('layouts/review.json'));
    await types.getByText('good.json · 7 fields').waitFor();
    write('bad.json', '[]');
    await types.getByText('bad.json: it must be an object such as {"fields": []}').waitFor();
    await types.getByRole('link', { name: /^Good/ }).click();
    await expect
      .poll(() => own.page.getByLabel('JSON', { exact: true }).inputValue())
      .toBe(example('layouts/review.json'));
  });
});
