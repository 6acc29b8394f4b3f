#!/usr/bin/env node
// What `konui` runs in the published package: says which Node is needed before anything is loaded that an older one
// does not understand.
import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
const oldest = engines.node.slice('>='.length);

if (isOlder(process.versions.node, oldest)) {
  process.stderr.write(`konui: Node ${oldest} or newer is needed; this is Node ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  hideSqliteWarning();
  await import(new URL('command.js', import.meta.url).href);
}

function isOlder(version, than) {
  const [these, those] = [version, than].map((each) => each.split('.').map(Number));
  const at = those.findIndex((part, index) => part !== these[index]);
  return at !== -1 && these[at] < those[at];
}

/** Node 22 says at each start that its SQLite is experimental; nobody at the terminal can do anything about it. */
function hideSqliteWarning() {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = (warning, ...rest) => {
    if (rest[0] !== 'ExperimentalWarning' || !String(warning).startsWith('SQLite')) {
      emitWarning(warning, ...rest);
    }
  };
}
