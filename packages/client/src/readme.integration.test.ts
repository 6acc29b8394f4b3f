import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type RunningKonui, startKonui } from '@konui/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApi } from './api/api.ts';

const PACKAGE = join(import.meta.dirname, '..');

let konui: RunningKonui;
beforeAll(async () => {
  konui = await startKonui();
  const api = createApi({ baseUrl: konui.url, getToken: () => konui.token });
  await api.sessions.create({ provider: 'demo', projectPath: konui.project });
});
afterAll(() => konui.close());

/** Runs the example of the README that calls this, as it stands there, and resolves with what it prints. */
async function runExample(called: string, argument: string): Promise<string> {
  const readme = readFileSync(join(PACKAGE, 'README.md'), 'utf8');
  const example = [...readme.matchAll(/^```js\n(import .*?)^```$/gms)].map(([, code = '']) => code);
  const code = example.find((each) => each.includes(`${called}(`)) ?? '';
  const env = { ...process.env, KONUI_URL: konui.url, KONUI_TOKEN: konui.token };
  const options = { cwd: PACKAGE, env };
  const running = promisify(execFile)(process.execPath, ['--input-type=module', '-', argument], options);
  running.child.stdin?.end(code);
  return (await running).stdout;
}

it('A13: the console example asks, prints the answer and ends', async () => {
  expect(await runExample('createConsole', '/stream 3')).toBe('word1 word2 word3');
});

it('the connection example prompts, reads until the answer has ended, and ends', async () => {
  expect(await runExample('createConnection', '/stream 3')).toBe("{ state: 'accepted' }\n");
});
