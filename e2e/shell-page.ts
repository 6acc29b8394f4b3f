import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Api, createConnection } from '@konui/client';
import type { RunningKonui } from '@konui/testing';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** Where a page's sessions and actions are. */
export const list = (page: Page) => page.getByRole('navigation', { name: 'Sessions' });
export const row = (page: Page, title: string) => list(page).getByRole('link', { name: title });
export const inMenu = (page: Page, name: string) => page.getByRole('menuitem', { name });
export const palette = (page: Page) => page.getByRole('combobox', { name: 'Go to a session' });

export async function openMenu(page: Page, title: string): Promise<void> {
  await row(page, title).click({ button: 'right' });
  await page.getByRole('menu').waitFor();
}

export interface NamedSession {
  readonly title: string;
  /** Below the test's own folder; made if it is not there. Default: `project`. */
  readonly folder?: string;
}

/** A session of the demo that nobody has prompted yet. */
export async function createSession(
  konui: RunningKonui,
  api: Api,
  { title, folder = 'project' }: NamedSession,
): Promise<string> {
  const projectPath = join(konui.project, folder);
  mkdirSync(projectPath, { recursive: true });
  const { sessionId } = await api.sessions.create({ provider: 'demo', projectPath });
  await api.sessions.change(sessionId, { title });
  return sessionId;
}

/** As a script would, without a page. Resolves once the run has begun. */
export async function promptFromOutside(konui: RunningKonui, sessionId: string, text: string): Promise<void> {
  const connection = createConnection({ url: `${konui.url}/ws`, token: konui.token });
  connection.connect();
  await new Promise<void>((resolve) => {
    connection.subscribe(sessionId, {
      onEvent: ({ kind }) => {
        if (kind === 'run_started') resolve();
      },
    });
    connection.send(sessionId, text);
  });
  connection.close();
}

/** Presses Tab until the element has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, element: Locator): Promise<void> {
  await element.waitFor();
  for (let pressed = 0; pressed < 60; pressed += 1) {
    if (await element.evaluate((each) => each === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('60 presses of Tab did not reach it');
}

/** Keys that are pressed sooner go elsewhere. */
export function untilFocused(element: Locator): Promise<void> {
  return expect.poll(() => element.evaluate((each) => each === document.activeElement)).toBe(true);
}

/** Where the element ends, once nothing moves any more. */
export async function bottomOf(page: Page, element: Locator): Promise<number> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((each) => each.finished)));
  const box = await element.boundingBox();
  if (box === null) throw new Error('it is not shown');
  return Math.round(box.y + box.height);
}
