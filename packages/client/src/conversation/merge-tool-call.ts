import { type Fields, isFields, isStoredText, toText, toToolContent } from './blocks.ts';
import type { StoredText, ToolItem } from './items.ts';

/** A tool call before anything is known of it. */
export function createToolItem(base: Pick<ToolItem, 'key' | 'at' | 'runId' | 'toolCallId'>): ToolItem {
  return {
    ...base,
    type: 'tool',
    title: undefined,
    toolKind: undefined,
    status: 'pending',
    rawInput: undefined,
    rawOutput: undefined,
    content: [],
    locations: [],
    output: [],
    exit: undefined,
  };
}

/** Merges a `tool_call`, a `tool_call_update` or a permission's `toolCall`: what it names replaces, terminal output is appended. */
export function mergeToolCall(item: ToolItem, update: Fields): ToolItem {
  const meta = isFields(update['_meta']) ? update['_meta'] : {};
  return {
    ...item,
    title: toText(update['title']) ?? item.title,
    toolKind: toText(update['toolKind']) ?? toText(update['kind']) ?? item.toolKind,
    status: toText(update['status']) ?? item.status,
    rawInput: update['rawInput'] ?? item.rawInput,
    rawOutput: update['rawOutput'] ?? item.rawOutput,
    content: Array.isArray(update['content'])
      ? update['content'].flatMap((value) => toToolContent(value) ?? [])
      : item.content,
    locations: Array.isArray(update['locations']) ? update['locations'].filter(isLocation) : item.locations,
    // Claude Code sends `terminal_output`, Codex `terminal_output_delta`; both are what was printed since the last one.
    output: appendOutput(appendOutput(item.output, meta['terminal_output']), meta['terminal_output_delta']),
    exit: toExit(meta['terminal_exit']) ?? item.exit,
  };
}

function appendOutput(output: ToolItem['output'], value: unknown): ToolItem['output'] {
  const data: unknown = isFields(value) ? value['data'] : undefined;
  const added: string | StoredText | undefined = isStoredText(data) ? data : toText(data);
  if (added === undefined || added === '') return output;
  const last = output.at(-1);
  if (typeof last !== 'string' || typeof added !== 'string') return [...output, added];
  return [...output.slice(0, -1), last + added];
}

function toExit(value: unknown): ToolItem['exit'] {
  if (!isFields(value)) return undefined;
  const exitCode = value['exit_code'];
  return { exitCode: typeof exitCode === 'number' ? exitCode : null, signal: toText(value['signal']) ?? null };
}

function isLocation(value: unknown): value is ToolItem['locations'][number] {
  return isFields(value) && typeof value['path'] === 'string';
}
