import { join } from 'node:path';
import { findBrowser, isPresent } from '@konui/testing';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { sendPrompt, startSession } from './session-page.ts';
import { useKonuiPage } from './use-konui-page.ts';

const chromium = findBrowser();

describe.runIf(isPresent(chromium))('what is there can be seen', () => {
  const own = useKonuiPage();
  const show = async (component: string, width: number): Promise<void> => {
    await own.page.setViewportSize({ width, height: 700 });
    await own.page.goto(`${own.konui.url}/dev/gallery/${component}`);
  };

  it.each([1280, 390])('the menu of a message stands in a line of its own, at %d px', async (width) => {
    await show('transcript/short', width);
    const messages = own.page.locator('.message');
    await messages.first().hover();
    const menu = messages.first().locator('.row-menu');
    await expect.poll(async () => (await topOf(menu)) - (await bottomOf(messages.nth(0)))).toBeGreaterThanOrEqual(0);
    await expect.poll(async () => (await topOf(messages.nth(1))) - (await bottomOf(menu))).toBeGreaterThanOrEqual(0);
  });

  it.each([
    [1280, 800],
    [390, 700],
  ])('a question, prompts that wait, the conversation and the composer fit, at %d × %d px', async (width, height) => {
    await startSession(own.page, own.konui, { agent: /Demo/, project: join(own.konui.project, `fits-${width}`) });
    await own.page.setViewportSize({ width, height });
    await sendPrompt(own.page, '/ask');
    await own.page.getByTestId('question').waitFor();
    for (const prompt of ['one', 'two', 'three']) await sendPrompt(own.page, prompt);
    await own.page.getByTestId('queue').getByText('3 prompts wait').waitFor();
    const composer = own.page.getByLabel('Prompt', { exact: true });
    const send = own.page.getByRole('button', { name: 'Send answer' });
    const [session, question, queue] = [
      own.page.locator('.session'),
      own.page.getByTestId('question'),
      own.page.getByTestId('queue'),
    ];
    await expect.poll(async () => (await bottomOf(session)) - (await bottomOf(composer))).toBeGreaterThanOrEqual(0);
    await expect.poll(async () => (await bottomOf(question)) - (await bottomOf(send))).toBeGreaterThan(0);
    await expect.poll(async () => (await topOf(composer)) - (await bottomOf(queue))).toBeGreaterThan(0);
    await expect.poll(async () => (await boxOf(own.page.getByRole('log'))).height).toBeGreaterThan(50);
  });

  it('a form that is cut, and options that are, say that there is more, until their end', async () => {
    await show('docks/question', 390);
    const fields = own.page.locator('.question-fields');
    await own.page.locator('.question-fields[data-more=after]').waitFor();
    await fields.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await own.page.locator('.question-fields[data-more=before]').waitFor();
    await show('composer/running', 390);
    const options = own.page.locator('.option-row');
    await own.page.locator('.option-row[data-more=after]').waitFor();
    await expect.poll(() => options.evaluate((element) => getComputedStyle(element).maskImage)).toContain('gradient');
    await own.page.setViewportSize({ width: 1280, height: 700 });
    await own.page.locator('.option-row:not([data-more])').waitFor();
  });
});

async function boxOf(place: Locator): Promise<{ readonly y: number; readonly height: number }> {
  const box = await place.boundingBox();
  if (box === null) throw new Error('it is not shown');
  return box;
}

async function topOf(place: Locator): Promise<number> {
  return (await boxOf(place)).y;
}

async function bottomOf(place: Locator): Promise<number> {
  const { y, height } = await boxOf(place);
  return y + height;
}
