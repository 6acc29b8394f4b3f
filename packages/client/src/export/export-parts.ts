import { isStoredText, textOfBlock } from '../conversation/blocks.ts';
import type { ConversationItem, MessageBlock, StoredText, ToolContent, ToolItem } from '../conversation/items.ts';
import { type ChangedLine, changedLines } from './changed-lines.ts';
import { endWords, EXPORT_WORDS as words, originWords } from './export-words.ts';

/** One piece of an exported item. */
export type ExportPart =
  /** Markdown, as the agent or a person wrote it. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly label: string; readonly language: string; readonly text: string }
  | { readonly type: 'change'; readonly path: string; readonly lines: readonly ChangedLine[] }
  | { readonly type: 'image'; readonly attachment: string | undefined; readonly dataUrl: string | undefined }
  | { readonly type: 'note'; readonly text: string };

/** One item as every format shows it. */
export interface ExportEntry {
  readonly kind: 'prompt' | 'message' | 'thought' | 'tool' | 'event';
  /** ISO 8601. */
  readonly at: string;
  readonly heading: string;
  readonly parts: readonly ExportPart[];
}

/** A conversation as entries; what says nothing to a reader is left out. */
export function exportEntries(items: readonly ConversationItem[], agent: string): readonly ExportEntry[] {
  return items.flatMap((item) => toEntry(item, agent) ?? []);
}

/** The images that the entries show, by the attachment's hash. */
export function imagesOf(entries: readonly ExportEntry[]): readonly string[] {
  const all = entries.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.type === 'image' && part.attachment !== undefined ? [part.attachment] : [])),
  );
  return [...new Set(all)];
}

function toEntry(item: ConversationItem, agent: string): ExportEntry | undefined {
  const { at } = item;
  const event = (heading: string, ...texts: (string | undefined)[]): ExportEntry => ({
    kind: 'event',
    at,
    heading,
    parts: texts.flatMap((text) => (text === undefined || text === '' ? [] : [{ type: 'note' as const, text }])),
  });
  switch (item.type) {
    case 'prompt':
      return { kind: 'prompt', at, heading: originWords(item.origin), parts: item.content.flatMap(toParts) };
    case 'message':
      return { kind: 'message', at, heading: agent, parts: item.content.flatMap(toParts) };
    case 'thought':
      return { kind: 'thought', at, heading: words.thought, parts: item.content.flatMap(toParts) };
    case 'tool':
      return { kind: 'tool', at, heading: item.title ?? words.tool, parts: toolParts(item) };
    case 'permission': {
      const chosen = item.options.find(({ optionId }) => optionId === item.resolution?.optionId);
      const answer = chosen?.name ?? item.resolution?.optionKind ?? words.unanswered;
      return event(`${words.permission}: ${item.toolCall.title ?? ''}`, answer, item.resolution?.message);
    }
    case 'elicitation': {
      const { resolution } = item;
      const answer = resolution?.content === undefined ? resolution?.action : JSON.stringify(resolution.content);
      return event(`${words.question}: ${item.message}`, answer ?? words.unanswered);
    }
    case 'run_end':
      return event(endWords(item));
    case 'error':
      return event(words.error, item.message);
    case 'limit':
      return event(words.limit, item.message, item.resetsAt);
    case 'user_message':
    case 'retrying':
    case 'command_rejected':
    case 'unknown':
      return undefined;
  }
}

function toolParts(tool: ToolItem): ExportPart[] {
  const { rawInput, content, output } = tool;
  const input: ExportPart[] =
    rawInput === undefined || rawInput === null
      ? []
      : [{ type: 'code', label: words.input, language: 'json', text: JSON.stringify(rawInput, undefined, 2) }];
  const printed = output.map(textOf).join('');
  const shown: ExportPart[] = content.flatMap(toolContentParts);
  if (printed !== '') shown.push({ type: 'code', label: words.output, language: '', text: printed });
  else if (shown.length === 0 && typeof tool.rawOutput === 'string') {
    shown.push({ type: 'code', label: words.output, language: '', text: tool.rawOutput });
  }
  return [...input, ...shown];
}

function toolContentParts(content: ToolContent): readonly ExportPart[] {
  switch (content.type) {
    case 'diff':
      return [
        {
          type: 'change',
          path: content.path,
          lines: changedLines(content.oldText === null ? '' : textOf(content.oldText), textOf(content.newText)),
        },
      ];
    case 'content': {
      const text = textOfBlock(content.content);
      if (text !== undefined) return [{ type: 'code', label: words.output, language: '', text }];
      return toParts(content.content);
    }
    case 'terminal':
      return [];
  }
}

function toParts(block: MessageBlock | { readonly type: string; readonly [field: string]: unknown }): ExportPart[] {
  const fields: Readonly<Record<string, unknown>> = block;
  const text = fields['text'];
  if (block.type === 'text' && typeof text === 'string') return [{ type: 'text', text }];
  if (isStoredText(fields)) return [{ type: 'text', text: textOf(fields) }];
  if (block.type === 'image') {
    const { attachment, data, mimeType } = fields;
    const isInline = typeof data === 'string' && typeof mimeType === 'string';
    return [
      {
        type: 'image',
        attachment: typeof attachment === 'string' ? attachment : undefined,
        dataUrl: isInline ? `data:${mimeType};base64,${data}` : undefined,
      },
    ];
  }
  const names = [fields['name'], fields['uri'], resourceUri(fields['resource'])];
  const name = names.find((each) => typeof each === 'string') ?? block.type;
  return [{ type: 'note', text: `${words.file}: ${name}` }];
}

function resourceUri(resource: unknown): string | undefined {
  if (typeof resource !== 'object' || resource === null || !('uri' in resource)) return undefined;
  return typeof resource.uri === 'string' ? resource.uri : undefined;
}

function textOf(text: string | StoredText): string {
  return typeof text === 'string' ? text : `${text.preview}\n${words.shortened(text.byteLength)}`;
}
