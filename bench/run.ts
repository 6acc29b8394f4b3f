// `npm run bench [-- <names>]`: measures ours beside its floors, and writes RESULTS.md.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureAppend } from './append.ts';
import { measureCatchUp } from './catch-up.ts';
import { measureFanOut } from './fan-out.ts';
import { measureHop } from './hop.ts';
import { measureIdleMemory } from './idle-memory.ts';
import { measureKontasks } from './kontasks.ts';
import { measureLastViewer } from './last-viewer.ts';
import { measureLatency } from './latency.ts';
import { measureOpenSession } from './open-session.ts';
import { describeLoad, describeMachine, type Report, toMarkdown } from './report.ts';
import { measureSearch } from './search.ts';
import { measureSlowReader } from './slow-reader.ts';

const BENCHMARKS: Readonly<Record<string, () => Promise<Report>>> = {
  latency: measureLatency,
  append: measureAppend,
  'catch-up': measureCatchUp,
  'fan-out': measureFanOut,
  'last-viewer': measureLastViewer,
  hop: measureHop,
  'idle-memory': measureIdleMemory,
  'slow-reader': measureSlowReader,
  'open-session': measureOpenSession,
  search: measureSearch,
  kontasks: measureKontasks,
};

const names = process.argv.slice(2);
const unknown = names.find((name) => BENCHMARKS[name] === undefined);
if (unknown !== undefined) {
  console.error(`There is no benchmark "${unknown}"; there are ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(2);
}

const began = performance.now();
const machine = describeMachine();
console.log(`${machine}\n`);
const parts: string[] = [];
for (const [name, measure] of Object.entries(BENCHMARKS)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const report = await measure();
  const load = `Load when it ended: ${describeLoad()}.`;
  const text = toMarkdown({ ...report, notes: [...report.notes, load] });
  console.log(`${text}\n`);
  parts.push(text);
}
const command = ['npm run bench', ...(names.length > 0 ? ['--', ...names] : [])].join(' ');
const seconds = Math.round((performance.now() - began) / 1000);
const head = `# Measured\n\nBy \`${command}\` on ${new Date().toISOString().slice(0, 10)} in ${seconds} s: ${machine}.`;
writeFileSync(join(import.meta.dirname, 'RESULTS.md'), `${[head, ...parts].join('\n\n')}\n`);
