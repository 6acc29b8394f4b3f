// npm run screenshots: makes the pictures in docs/screenshots with the demo agent and a Chromium (KONUI_CHROMIUM).
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKontasksApi } from '@konui/client';
import { Kontask } from '@konui/protocol';
import { findBrowser, launchBrowser, type RunningKonui, startKonui } from '@konui/testing';
import type { Browser, Page } from 'playwright-core';

const target = join(import.meta.dirname, '..', 'docs', 'screenshots');
const chromium = findBrowser();
if (!chromium.available) throw new Error(chromium.reason);

const VIEWS = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;

const konui = await startKonui();
const browser = await launchBrowser(chromium.path);
try {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const sessions = await prepare(browser, konui);
  await importKontasks(konui);
  for (const [size, viewport] of Object.entries(VIEWS)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      await page.goto(konui.link);
      for (const [state, show] of Object.entries(statesOf(konui, sessions))) {
        await show(page);
        await page.screenshot({ path: join(target, `${state}-${size}-${colorScheme}.png`) });
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  await konui.close();
}

interface Sessions {
  /** Waits for a permission. */
  readonly asking: string;
  /** Has been through everything that the demo agent shows. */
  readonly finished: string;
}

/** Two sessions in a project with a history. */
async function prepare(by: Browser, { link, project }: RunningKonui): Promise<Sessions> {
  writeFileSync(join(project, 'konui-demo.md'), '# Notes\n\n- The demo agent changes this file.\n');
  execFileSync('git', ['init', '--quiet', project]);
  const page = await by.newPage();
  await page.goto(link);
  const start = async (prompt: string): Promise<string> => {
    await page.getByRole('link', { name: 'New session' }).first().click();
    await page.getByRole('radio', { name: /Demo/ }).check();
    await page.getByLabel('Folder', { exact: true }).fill(project);
    await page.getByRole('button', { name: 'Start session' }).click();
    await page.waitForURL(/\/s\/[0-9a-f-]{36}$/);
    const field = page.getByLabel('Prompt', { exact: true });
    await field.fill(prompt);
    await field.press('Enter');
    await allow(page).waitFor();
    return page.url();
  };
  const finished = await start('Show me what you can do');
  await allow(page).click();
  // The tour asks a second time, for a command.
  await page.getByTestId('permission').getByText('Run', { exact: true }).first().waitFor();
  await allow(page).click();
  await page.getByTestId('run-end').waitFor();
  const asking = await start('/edit Add a line about tests');
  await page.close();
  return { asking, finished };
}

async function importKontasks({ url, token }: RunningKonui): Promise<void> {
  const kontasks = createKontasksApi({ baseUrl: url, token });
  const examples = join(import.meta.dirname, '../examples/kontasks');
  for (const name of readdirSync(examples).filter((each) => each.endsWith('.json'))) {
    await kontasks.import(Kontask.parse(JSON.parse(readFileSync(join(examples, name), 'utf8'))));
  }
}

function allow(page: Page) {
  return page.getByTestId('permission').locator('[data-option-kind=allow_once]');
}

function statesOf(
  { url }: RunningKonui,
  { asking, finished }: Sessions,
): Record<string, (page: Page) => Promise<void>> {
  return {
    overview: async (page) => {
      await page.goto(url);
      await page.getByRole('main').getByText('Needs you').first().waitFor();
    },
    permission: async (page) => {
      await page.goto(asking);
      await allow(page).waitFor();
      await page.getByTestId('diff').first().waitFor();
    },
    conversation: async (page) => {
      await page.goto(finished);
      await page.getByTestId('run-end').waitFor();
      await page.getByTestId('diff').first().waitFor();
    },
    search: async (page) => {
      await page.goto(`${url}/search?q=demo`);
      await page.locator('.hit').first().waitFor();
    },
    kontasks: async (page) => {
      await page.goto(`${url}/kontasks`);
      await page.getByRole('main').getByText('WebSocket Implementation Status Report').first().waitFor();
    },
    kontask: async (page) => {
      await page.goto(`${url}/kontasks`);
      await page.getByRole('main').getByText('WebSocket Implementation Status Report').first().click();
      await page.frameLocator('[data-testid=report]').getByText('Component Status').waitFor();
    },
    settings: async (page) => {
      await page.goto(`${url}/settings/access`);
      await page.getByRole('heading', { name: 'Access tokens' }).first().waitFor();
      await page.getByText('Loading…').waitFor({ state: 'hidden' });
    },
  };
}
