import type { ConversationItem } from '../conversation/items.ts';
import type { ExportFacts } from './export-facts.ts';
import { type ExportEntry, type ExportPart, exportEntries } from './export-parts.ts';
import { EXPORT_WORDS as words } from './export-words.ts';

/** A conversation as Markdown: for people, and for tools that read it. */
export function toMarkdown(items: readonly ConversationItem[], facts: ExportFacts): string {
  const head = [
    `# ${oneLine(facts.title)}`,
    '',
    `- ${words.agent}: ${oneLine(facts.agent)}`,
    `- ${words.folder}: ${inlineCode(facts.folder)}`,
    `- ${words.exported}: ${facts.exportedAt}`,
  ].join('\n');
  return `${[head, ...exportEntries(items, facts.agent).map(toSection)].join('\n\n')}\n`;
}

function toSection({ kind, heading, parts }: ExportEntry): string {
  const level = kind === 'prompt' ? '##' : '###';
  if (kind === 'event') return [`*${oneLine(heading)}*`, ...parts.map(toText)].join('\n\n');
  return [
    `${level} ${oneLine(heading)}`,
    ...parts.map((part) => (kind === 'thought' ? quoted(toText(part)) : toText(part))),
  ]
    .join('\n\n')
    .trimEnd();
}

function toText(part: ExportPart): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'note':
      return part.text;
    case 'code':
      return `${part.label}:\n\n${fenced(part.text, part.language)}`;
    case 'change':
      return `${inlineCode(part.path)}\n\n${fenced(part.lines.map(({ mark, text }) => mark + text).join('\n'), 'diff')}`;
    case 'image':
      return `*[${words.image}]*`;
  }
}

/** A fence is longer than any that the text has inside. */
function fenced(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longest(text) + 1));
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

function inlineCode(text: string): string {
  const ticks = '`'.repeat(longest(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${oneLine(text)}${pad}${ticks}`;
}

function longest(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((most, ticks) => Math.max(most, ticks.length), 0);
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
