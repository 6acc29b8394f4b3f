import { findBrowser, launchBrowser, type RunningKonui, startKonui } from '@konui/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { problemsOf } from './session-page.ts';

/** What a test in a browser works with; a context and a page are each test's own. */
export interface KonuiPage {
  readonly konui: RunningKonui;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Has those reports of the page that a test caused on purpose not fail it. */
  readonly expectProblems: (expected: RegExp) => void;
}

/** One Konui and one browser for the tests of a `describe`, and a page for each. A test fails where its page reports an error. */
export function useKonuiPage(): KonuiPage {
  const opened: { konui?: RunningKonui; browser?: Browser; context?: BrowserContext; page?: Page } = {};
  let problems: string[] = [];
  beforeAll(async () => {
    const chromium = findBrowser();
    if (!chromium.available) throw new Error(chromium.reason);
    opened.konui = await startKonui();
    opened.browser = await launchBrowser(chromium.path);
  });
  afterAll(async () => {
    await opened.browser?.close();
    await opened.konui?.close();
  });
  beforeEach(async () => {
    opened.context = await need(opened.browser).newContext({ viewport: { width: 1280, height: 800 } });
    opened.page = await opened.context.newPage();
    problems = problemsOf(opened.page);
  });
  afterEach(async () => {
    await opened.context?.close();
    if (problems.length > 0) throw new Error(`the page reported:\n${problems.join('\n')}`);
  });
  return {
    get konui() {
      return need(opened.konui);
    },
    get browser() {
      return need(opened.browser);
    },
    get context() {
      return need(opened.context);
    },
    get page() {
      return need(opened.page);
    },
    expectProblems: (expected) => {
      problems.splice(0, problems.length, ...problems.filter((problem) => !expected.test(problem)));
    },
  };
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is none before the tests begin');
  return value;
}
