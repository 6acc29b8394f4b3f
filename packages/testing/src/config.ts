import { homedir } from 'node:os';
import { join } from 'node:path';

/** What the tests take from the environment. */
export const testConfig = {
  /** Where the real agents are kept between test runs: not the workspace, and not /tmp (Codex refuses that). */
  agentCache: process.env['KONUI_TEST_CACHE'] ?? join(homedir(), '.cache', 'konui-test-agents'),
  /** Why `npm test` could not install the real agents, where it could not. */
  installProblem: process.env['KONUI_REAL_AGENTS_MISSING'],
  chromiumPath: process.env['KONUI_CHROMIUM'],
  /** Why `npm test` found no Chromium and could install none. */
  chromiumProblem: process.env['KONUI_CHROMIUM_MISSING'],
  /** Where the built web app lies, if not in its package. */
  webFolder: process.env['KONUI_WEB_FOLDER'],
  /** On a build server a skipped test is a failure. */
  isCi: process.env['CI'] === 'true',
  /** The environment of npm when it installs the real agents; agents themselves get a clean one. */
  env: process.env,
} as const;
