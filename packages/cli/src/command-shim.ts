import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';

/**
 * Writes `<home>/bin/konui`, the command for this home with this Node: a clone puts nothing on the PATH, and agents
 * are to find the command too (`konui restart` from inside a run).
 */
export function writeCommandShim(home: string, main: string): void {
  const folder = `${home}/bin`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = `${folder}/konui`;
  const temporary = `${file}.${process.pid}`;
  const script = [
    '#!/bin/sh',
    `: "\${KONUI_HOME:=${quoteInDouble(home)}}"`,
    'export KONUI_HOME',
    `exec ${quote(process.execPath)} ${quote(main)} "$@"`,
    '',
  ].join('\n');
  writeFileSync(temporary, script);
  chmodSync(temporary, 0o700);
  renameSync(temporary, file);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function quoteInDouble(text: string): string {
  return text.replace(/[\\"$`}]/g, '\\$&');
}
