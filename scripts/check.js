// `npm run check`: everything that can be said about the code in about half a minute.

import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { installPackages, checkNodeVersion, pinnedNode, root, runScript } from './bootstrap.js';

const typescriptProjects = [
  ...readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/tsconfig.json`),
  'tsconfig.tests.json',
];

const steps = [
  { name: 'format (oxfmt)', run: () => bin('oxfmt', ['--check', '.']) },
  { name: 'lint (oxlint)', run: () => bin('oxlint', ['--type-aware', '--deny-warnings', '.']) },
  { name: 'types (tsc)', run: () => inTurn(typescriptProjects.map((project) => () => bin('tsc', ['-p', project]))) },
  { name: 'unused code (knip)', run: () => bin('knip', ['--no-progress']) },
  { name: 'lock file', run: () => node(['scripts/lock-file.js']) },
  { name: 'arrows between packages', run: () => node(['scripts/arrows.js']) },
  { name: 'requirements and their tests', run: () => node(['scripts/requirements.js']) },
  { name: 'unit tests (vitest)', run: () => node(['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit']) },
];

/** Output is collected and printed later, so the programs cannot see for themselves whether a terminal reads it. */
const { FORCE_COLOR: _, ...env } = { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }) };

/** More would only wait for each other: two of them use several threads themselves. */
const atOnce = 3;

await runScript(async () => {
  checkNodeVersion();
  await installPackages();
  const began = performance.now();
  const waiting = [...steps];
  const failed = [];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const stepBegan = performance.now();
      const { code, output } = await step.run();
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${seconds(stepBegan)} s  ${step.name}`);
      if (code !== 0) failed.push({ name: step.name, output });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  for (const { name, output } of failed) console.log(`\n── ${name} ──\n${output.trimEnd()}`);
  console.log(
    failed.length === 0
      ? `\nAll ${steps.length} checks passed in ${seconds(began).trim()} s.`
      : `\nFailed: ${failed.map(({ name }) => name).join(', ')} (${seconds(began).trim()} s).`,
  );
  return failed.length === 0 ? 0 : 1;
});

function bin(name, args) {
  return node([path.join('node_modules/.bin', name), ...args]);
}

/** Runs a script with the pinned Node; resolves to its exit code and all that it wrote. */
function node(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(pinnedNode, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

async function inTurn(runs) {
  let code = 0;
  let output = '';
  for (const run of runs) {
    const result = await run();
    if (result.code !== 0) code = result.code;
    output += result.output;
  }
  return { code, output };
}

function seconds(since) {
  return ((performance.now() - since) / 1000).toFixed(1).padStart(5);
}
