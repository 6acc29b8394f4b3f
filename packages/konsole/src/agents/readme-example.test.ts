import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readAgentsFile } from './agents-file.ts';

it('takes the agents.json of the README', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../../../README.md'), 'utf8');
  const example = /```json\n([^]*?)```/.exec(readme)?.[1] ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'konui-readme-'));
  try {
    const file = join(folder, 'agents.json');
    writeFileSync(file, example);
    expect([...readAgentsFile(file).keys()]).toEqual(['qwen', 'claude']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
