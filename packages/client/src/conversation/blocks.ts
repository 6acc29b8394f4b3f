import type { MessageBlock, StoredText, ToolContent } from './items.ts';

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function isStoredText(value: unknown): value is StoredText {
  return (
    isFields(value) &&
    typeof value['attachment'] === 'string' &&
    typeof value['preview'] === 'string' &&
    typeof value['byteLength'] === 'number'
  );
}

/** An ACP content block; text that lies in an attachment becomes `{type: "stored_text", attachment, byteLength, preview}`. */
export function toBlock(value: unknown): MessageBlock | undefined {
  if (!isFields(value) || typeof value['type'] !== 'string') return undefined;
  if (value['type'] === 'text' && isStoredText(value['text'])) return { ...value['text'], type: 'stored_text' };
  return { ...value, type: value['type'] };
}

/** The text of a text block. */
export function textOfBlock(block: MessageBlock): string | undefined {
  return block.type === 'text' ? toText(block.text) : undefined;
}

/** Appends a block; text goes on in the text before it. */
export function appendBlock(content: readonly MessageBlock[], block: MessageBlock): readonly MessageBlock[] {
  const last = content.at(-1);
  const before = last === undefined ? undefined : textOfBlock(last);
  const added = textOfBlock(block);
  if (before === undefined || added === undefined) return [...content, block];
  return [...content.slice(0, -1), { type: 'text', text: before + added }];
}

/** ACP `ToolCallContent`; what is of no known type is shown as a content block. */
export function toToolContent(value: unknown): ToolContent | undefined {
  if (!isFields(value)) return undefined;
  if (value['type'] === 'content') {
    const content = toBlock(value['content']);
    return content === undefined ? undefined : { type: 'content', content };
  }
  if (value['type'] === 'diff' && typeof value['path'] === 'string') {
    return {
      type: 'diff',
      path: value['path'],
      oldText: toDiffText(value['oldText']) ?? null,
      newText: toDiffText(value['newText']) ?? '',
    };
  }
  if (value['type'] === 'terminal' && typeof value['terminalId'] === 'string') {
    return { type: 'terminal', terminalId: value['terminalId'] };
  }
  const content = toBlock(value);
  return content === undefined ? undefined : { type: 'content', content };
}

function toDiffText(value: unknown): string | StoredText | undefined {
  return isStoredText(value) ? value : toText(value);
}
