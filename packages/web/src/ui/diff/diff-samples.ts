/** Texts for the gallery and the measurements. */
export const before = `import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Reads the settings of a folder. */
export async function loadSettings(folder) {
  const path = join(folder, 'settings.json');
  const text = await readFile(path);
  return JSON.parse(text);
}

export function toName(settings) {
  return settings.name;
}

export function toPort(settings) {
  return Number(settings.port);
}

export const defaults = { name: 'demo', port: 8080 };
`;

export const after = before
  .replace('await readFile(path);', "await readFile(path, 'utf8');")
  .replace('  return settings.name;\n', "  return settings.name ?? 'unnamed';\n")
  .replace('port: 8080 };', 'port: 8080, isOpen: false };\nexport const limits = { bytes: 4096 };');

/** Two texts whose change has `count` lines when nothing is folded. */
export function longChange(count: number): { oldText: string; newText: string } {
  const oldLines: string[] = [];
  const newLines: string[] = [];
  for (let index = 0; oldLines.length + Math.floor(oldLines.length / 3) < count; index++) {
    const line = `  const value${index} = compute(${index % 97}, 'item ${index * 7}', options.depth);`;
    oldLines.push(line);
    newLines.push(index % 3 === 0 ? line.replace('compute', 'measure') : line);
  }
  return { oldText: `${oldLines.join('\n')}\n`, newText: `${newLines.join('\n')}\n` };
}
