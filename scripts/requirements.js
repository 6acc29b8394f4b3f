// docs/requirements.md may not claim what is not there: every requirement has one row and a known status, every test
// that it names exists under that title, and every path to our code exists. The README's claims name tests, too.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './bootstrap.js';

const document = 'docs/requirements.md';
/** How many rows each letter has. */
const rowCounts = { A: 16, B: 12, C: 11, D: 4, E: 7, F: 3, G: 4 };
const statuses = ['done', 'partly', 'later'];

const text = readFileSync(path.join(root, document), 'utf8');
const rows = [...text.matchAll(/^\| ([A-G]\d+) \| (.*?) \| (\S+?)(?:: (.*?))? \| (.*?) \|$/gm)].map(
  ([, id, , status, missing, tests]) => ({ id, status, missing, tests }),
);

const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

const problems = [
  ...[...checkRows(), ...rows.flatMap((row) => [...checkRow(row)]), ...checkPaths()].map(
    (each) => `${document}: ${each}`,
  ),
  ...[...checkTests(readme)].map((each) => `README.md: ${each}`),
];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

function* checkRows() {
  const expected = Object.entries(rowCounts).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
  );
  for (const id of expected) {
    const count = rows.filter((row) => row.id === id).length;
    if (count !== 1) yield `${id} has ${count} rows`;
  }
  for (const { id } of rows) if (!expected.includes(id)) yield `there is no requirement ${id}`;
}

function* checkRow({ id, status, missing, tests }) {
  if (!statuses.includes(status)) yield `${id}: the status is none of ${statuses.join(', ')}`;
  if (status === 'partly' && missing === undefined) yield `${id}: does not say what is missing`;
  const namesOne = testsIn(tests).length > 0 || tests.includes('`scripts/');
  if (status !== 'later' && !namesOne) yield `${id}: names no test`;
  for (const problem of checkTests(tests)) yield `${id}: ${problem}`;
}

function* checkTests(part) {
  for (const { file, title } of testsIn(part)) if (!hasTest(file, title)) yield `${file} has no test "${title}"`;
}

/** Tests are named by their file and one or more titles: `file` "title" "title". */
function testsIn(part) {
  return [...part.matchAll(/`([^`\s]+\.test\.tsx?)`((?: "[^"]+")+)/g)].flatMap(([, file, titles]) =>
    [...titles.matchAll(/"([^"]+)"/g)].map(([, title]) => ({ file, title })),
  );
}

function* checkPaths() {
  for (const [, named] of text.matchAll(/`((?:packages|scripts|e2e|bench|docs)\/[^`\s]*)`/g)) {
    if (!existsSync(path.join(root, named))) yield `there is no ${named}`;
  }
}

function hasTest(file, title) {
  if (!existsSync(path.join(root, file))) return false;
  const source = readFileSync(path.join(root, file), 'utf8');
  return ["'", '"', '`'].some((quote) => source.includes(`${quote}${title.replaceAll(quote, `\\${quote}`)}${quote}`));
}
