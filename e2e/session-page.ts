import { mkdirSync } from 'node:fs';
import type { RunningKonui } from '@konui/testing';
import type { Page } from 'playwright-core';

export interface NewSession {
  /** As its card names it. */
  readonly agent: RegExp;
  /** A folder, made if it is not there. */
  readonly project: string;
}

/** From the printed link to an empty conversation, as a newcomer does it; resolves with its address. */
export async function startSession(page: Page, konui: RunningKonui, { agent, project }: NewSession): Promise<string> {
  mkdirSync(project, { recursive: true });
  await page.goto(konui.link);
  await page.getByRole('link', { name: 'New session' }).first().click();
  await page.getByRole('radio', { name: agent }).check();
  await page.getByLabel('Folder', { exact: true }).fill(project);
  await page.getByRole('button', { name: 'Start session' }).click();
  await page.waitForURL(/\/s\/[0-9a-f-]{36}$/);
  return page.url();
}

export async function sendPrompt(page: Page, text: string): Promise<void> {
  const field = page.getByLabel('Prompt', { exact: true });
  await field.fill(text);
  await field.press('Enter');
}

/** What the page reports as an error, until it is closed; added to `problems` where there are some already. */
export function problemsOf(page: Page, problems: string[] = []): string[] {
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return problems;
}
