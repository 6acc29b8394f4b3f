// node_modules/.bin/node scripts/screenshot.ts: makes docs/screenshot.png with the demo agent and a Chromium (KONUI_CHROMIUM).
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, launchBrowser, startKonui } from '@konui/testing';

const target = join(import.meta.dirname, '..', 'docs', 'screenshot.png');
const chromium = findBrowser();
if (!chromium.available) throw new Error(chromium.reason);

const konui = await startKonui();
const browser = await launchBrowser(chromium.path);
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme: 'light' });
  writeFileSync(join(konui.project, 'konui-demo.md'), '# Notes\n\n- The demo agent changes this file.\n');
  await page.goto(konui.link);
  await page.getByRole('link', { name: 'New session' }).first().click();
  await page.getByRole('radio', { name: /Demo/ }).check();
  await page.getByLabel('Folder', { exact: true }).fill(konui.project);
  await page.getByRole('button', { name: 'Start session' }).click();
  const prompt = page.getByLabel('Prompt', { exact: true });
  await prompt.fill('Show me what you can do');
  await prompt.press('Enter');
  const permission = page.getByTestId('permission');
  await permission.locator('[data-option-kind=allow_once]').click();
  // The tour asks a second time, for a command: that question is what the picture is about.
  await permission.locator('[data-option-kind=allow_once]').waitFor();
  await permission.getByText('ls', { exact: false }).first().waitFor();
  await page.screenshot({ path: target });
} finally {
  await browser.close();
  await konui.close();
}
