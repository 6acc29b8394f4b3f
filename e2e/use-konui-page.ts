import {
  type AgentLaunch,
  findBrowser,
  findRealAgent,
  launchBrowser,
  makeTestHome,
  type RealAgentName,
  type RunningKonui,
  startFakeModel,
  startKonui,
} from '@konui/testing';
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

export interface KonuiPageOptions {
  /** Real agents beside the demo, against a fake model: those of them that are installed, called "Agent under test". */
  readonly agents?: readonly RealAgentName[];
  /** What pages may report without failing a test. */
  readonly ignoring?: RegExp;
}

/** One Konui and one browser for the tests of a `describe`, and a page for each. A test fails where one of its pages reports an error. */
export function useKonuiPage({ agents = [], ignoring }: KonuiPageOptions = {}): KonuiPage {
  const opened: { konui?: RunningKonui; browser?: Browser; context?: BrowserContext; page?: Page } = {};
  let problems: string[] = [];
  let closeModel: (() => Promise<void>) | undefined;
  const expectProblems = (expected: RegExp): void => {
    problems.splice(0, problems.length, ...problems.filter((problem) => !expected.test(problem)));
  };
  beforeAll(async () => {
    const chromium = findBrowser();
    if (!chromium.available) throw new Error(chromium.reason);
    const real = agents.length === 0 ? undefined : await startRealAgents(agents);
    closeModel = real?.close;
    opened.konui = await startKonui(real === undefined ? {} : { agents: real.agents });
    opened.browser = await launchBrowser(chromium.path);
  });
  afterAll(async () => {
    await opened.browser?.close();
    await opened.konui?.close();
    await closeModel?.();
  });
  beforeEach(async () => {
    opened.context = await need(opened.browser).newContext({ viewport: { width: 1280, height: 800 } });
    // A real agent takes its time to start where the machine is busy with something else.
    opened.context.setDefaultTimeout(60_000);
    problems = [];
    opened.context.on('page', (page) => problemsOf(page, problems));
    opened.page = await opened.context.newPage();
  });
  afterEach(async () => {
    await opened.context?.close();
    if (ignoring !== undefined) expectProblems(ignoring);
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
    expectProblems,
  };
}

async function startRealAgents(names: readonly RealAgentName[]) {
  const model = await startFakeModel();
  const home = await makeTestHome();
  const agents: Record<string, AgentLaunch> = {};
  for (const name of names) {
    const agent = findRealAgent(name);
    if (agent.available) agents[name] = { ...agent.launch(model.url, home.path), name: 'Agent under test' };
  }
  const close = async (): Promise<void> => {
    await model.close();
    await home.remove();
  };
  return { agents, close };
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is none before the tests begin');
  return value;
}
