// `npm run package`: packs `konui` and `@konui/client` as npm packages, into dist-packages/ or `-- --out <folder>`.

import { checkNodeVersion, environmentWithoutNpm, installPackages, pinnedNode, run, runScript } from './bootstrap.js';

await runScript(async () => {
  checkNodeVersion();
  await installPackages();
  return run(pinnedNode, ['scripts/package/main.ts', ...process.argv.slice(2)], { env: environmentWithoutNpm() });
});
