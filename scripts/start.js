// `npm start`: from a fresh clone to a running Konui.

import { environmentWithoutNpm, pinnedNode, prepare, run, runScript } from './bootstrap.js';

await runScript(async () => {
  await prepare();
  return run(pinnedNode, ['packages/cli/src/main.ts', 'start', ...process.argv.slice(2)], {
    env: environmentWithoutNpm(),
  });
});
