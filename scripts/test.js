// `npm test`: installs what the tests need, browser and real agents included, and runs everything.
// Arguments go to Vitest: `npm test -- packages/log`, `npm test -- --project unit`.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { environmentWithoutNpm, pinnedNode, prepare, run, runScript, say } from './bootstrap.js';
import { findOrInstallChromium } from './chromium.js';
import { processesNaming } from './leftover-processes.js';

const isCi = process.env.CI === 'true';
/** What a test has stopped may need a moment to end: an agent that is killed takes its commands with it. */
const endGraceMs = 5_000;

await runScript(async () => {
  await prepare();
  const agentsReason = await installRealAgents();
  const chromium = await findOrInstallChromium();
  if (chromium.reason !== undefined) say(chromium.reason);

  // Everything that a test writes goes below this folder, so that it can be found again. Its path is short because
  // sockets lie below it (unix(7): 108 bytes).
  const temporary = mkdtempSync(path.join(existsSync('/tmp') ? '/tmp' : tmpdir(), 'kt-'));
  try {
    const summaryFile = path.join(temporary, 'summary.json');
    const env = {
      ...environmentWithoutNpm(),
      TMPDIR: temporary,
      KONUI_TEST_SUMMARY: summaryFile,
      ...(chromium.path === undefined
        ? { KONUI_CHROMIUM_MISSING: chromium.reason }
        : { KONUI_CHROMIUM: chromium.path }),
      ...(agentsReason === undefined ? {} : { KONUI_REAL_AGENTS_MISSING: agentsReason }),
    };
    const vitest = [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=./scripts/summary-reporter.js',
    ];
    const code = await run(pinnedNode, [...vitest, ...process.argv.slice(2)], { env });
    const left = await endLeftovers(temporary);
    return report({ code, left, summary: readSummary(summaryFile) });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
});

/** Undefined, or why the real agents are not there. */
async function installRealAgents() {
  const install = 'packages/testing/src/real-agents/install.ts';
  const code = await run(pinnedNode, [install, 'codex', 'claude'], { stdout: 'stderr' });
  return code === 0 ? undefined : `the real agents could not be installed (exit code ${code}; see the output above)`;
}

/** Ends what the tests have left running; resolves to the command lines. */
async function endLeftovers(temporary) {
  const deadline = performance.now() + endGraceMs;
  let left = processesNaming(temporary);
  while (left.length > 0 && performance.now() < deadline) {
    await delay(100);
    left = processesNaming(temporary);
  }
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
  return left.map(({ pid, command }) => `${pid} ${command.slice(0, 200)}`);
}

/** Prints what happened, the counts last; returns the exit code. */
function report({ code, left, summary }) {
  const { passed, failed, second, skipped } = summary ?? { passed: 0, failed: 1, second: [], skipped: [] };
  const lines = [''];
  if (second.length > 0) lines.push('Passed only when they were tried again:', ...second.map((name) => `  ${name}`));
  if (skipped.length > 0) {
    lines.push('Skipped:', ...skipped.map(({ name, reason }) => `  ${name}: ${reason || 'no reason given'}`));
    if (isCi) lines.push('With CI=true a skipped test is a failure.');
  }
  if (left.length > 0) lines.push('Left running by the tests, and ended now:', ...left.map((line) => `  ${line}`));
  if (summary === undefined) lines.push(`The tests did not come to an end (exit code ${code}).`);
  lines.push(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  console.log(lines.join('\n'));
  if (code !== 0) return code;
  return failed > 0 || left.length > 0 || (isCi && skipped.length > 0) ? 1 : 0;
}

function readSummary(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
