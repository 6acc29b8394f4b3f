import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, isPresent } from '@konui/testing';
import { describe, expect, it } from 'vitest';
import { useKonuiPage } from './use-konui-page.ts';

const chromium = findBrowser();

describe.runIf(isPresent(chromium))('a new session in a folder that there is not', () => {
  const own = useKonuiPage();

  it('says so in plain words, and makes the folder when asked to', async () => {
    const { page, konui } = own;
    mkdirSync(konui.project, { recursive: true });
    const folder = join(konui.project, 'not', 'there', 'yet');
    await page.goto(konui.link);
    await page.getByRole('link', { name: 'New session' }).first().click();
    await page.getByRole('radio', { name: /Demo/ }).check();
    const field = page.getByLabel('Folder', { exact: true });
    const start = page.getByRole('button', { name: 'Start session' });
    await field.fill('projects/mine');
    await start.click();
    await page.getByText('Enter the whole path of the folder').waitFor();
    expect(await page.getByRole('button', { name: 'Create this folder' }).count()).toBe(0);
    await field.fill(folder);
    await start.click();
    await page.getByText(`There is no folder ${folder}`).waitFor();
    expect(existsSync(folder)).toBe(false);
    await page.getByRole('button', { name: 'Create this folder' }).click();
    await page.waitForURL(/\/s\/[0-9a-f-]{36}$/);
    expect(existsSync(folder)).toBe(true);
    own.expectProblems(/40[04]/);
  });
});
