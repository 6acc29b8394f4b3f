import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, isPresent, launchBrowser, startKonui } from '@konui/testing';
import { build } from 'vite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { problemsOf, sendPrompt, startSession } from './session-page.ts';

const chromium = findBrowser();

describe.runIf(isPresent(chromium))('with React 19 in place of Preact', () => {
  it('the same app builds, signs in, runs a prompt, asks, and shows the change', async () => {
    if (!chromium.available) throw new Error('unreachable');
    const webFolder = mkdtempSync(join(tmpdir(), 'konui-react-'));
    onTestFinished(() => rmSync(webFolder, { recursive: true }));
    const root = join(import.meta.dirname, '../packages/web');
    const configFile = join(root, 'vite.config.ts');
    await build({ root, configFile, mode: 'react', logLevel: 'error', build: { outDir: webFolder } });

    const konui = await startKonui({ env: { KONUI_WEB_FOLDER: webFolder } });
    onTestFinished(() => konui.close());
    const browser = await launchBrowser(chromium.path);
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    const problems = problemsOf(page);

    await startSession(page, konui, { agent: /Demo/, project: konui.project });
    expect(await page.evaluate(isDrawnByReact)).toBe(true);
    await sendPrompt(page, '/edit');
    await page.getByTestId('permission').locator('[data-option-kind=allow_once]').click();
    await page.getByTestId('run-end').waitFor();
    await page.getByTestId('diff').first().waitFor();
    await page.reload();
    await page.getByTestId('diff').first().waitFor();
    expect(problems).toEqual([]);
  });
});

/** Runs in the page: React leaves a key of its own on the element that it draws into; Preact does not. */
function isDrawnByReact(): boolean {
  const container = document.querySelector('#app');
  return container !== null && Object.keys(container).some((key) => key.startsWith('__reactContainer$'));
}
