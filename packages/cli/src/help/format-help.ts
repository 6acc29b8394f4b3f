import type { CommandDoc, FlagDoc } from './command-doc.ts';

const WIDTH = 120;
const COMMAND_COLUMN = 33;

/** What `konui <command> --help` prints. */
export function formatCommandHelp({ usage, does, more, words = {}, flags, exits, example }: CommandDoc): string {
  const sections = [
    usage,
    [capitalize(does), ...(more === undefined ? [] : [more])].flatMap((text) => wrap(`${text}.`, '')).join('\n'),
    section('Arguments', Object.entries(words)),
    section('Options', flagRows(flags)),
    section('Exit codes', Object.entries(exits)),
    `Example:\n  ${example}`,
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

/** Each command in a line, with its own flags below it: those that are not explained elsewhere in the same text. */
export function formatCommandList(docs: readonly CommandDoc[], explained: Readonly<Record<string, FlagDoc>>): string {
  return docs
    .flatMap(({ usage, does, flags }) => {
      const own = Object.entries(flags).filter(([name]) => !Object.hasOwn(explained, name));
      const [first = '', ...rest] = wrap(
        own.length === 0 ? does : `${does} (${own.map(([name, flag]) => flagText(name, flag)).join(', ')})`,
        ' '.repeat(COMMAND_COLUMN),
      );
      const head = `  ${usage}`;
      return head.length < COMMAND_COLUMN
        ? [head.padEnd(COMMAND_COLUMN) + first.trimStart(), ...rest]
        : [head, first, ...rest];
    })
    .join('\n');
}

/** The flags as a table. */
export function formatFlags(flags: Readonly<Record<string, FlagDoc>>): string {
  return table(flagRows(flags));
}

function flagRows(flags: Readonly<Record<string, FlagDoc>>): string[][] {
  const hasVariables = Object.values(flags).some(({ variable }) => variable !== undefined);
  return Object.entries(flags).map(([name, flag]) => {
    const written = `${flag.short === undefined ? '' : `-${flag.short}, `}${flagText(name, flag)}`;
    return hasVariables ? [written, flag.variable ?? '', flag.says] : [written, flag.says];
  });
}

function flagText(name: string, { value }: FlagDoc): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `${title}:\n${table(rows)}`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widthOf = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widthOf(column) + 2)).join('')}`.trimEnd())
    .join('\n');
}

/** The text in lines of at most 120 characters, each behind the indent. */
function wrap(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    const longer = line === indent ? indent + word : `${line} ${word}`;
    if (longer.length > WIDTH && line !== indent) {
      lines.push(line);
      line = indent + word;
    } else line = longer;
  }
  return [...lines, line];
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
