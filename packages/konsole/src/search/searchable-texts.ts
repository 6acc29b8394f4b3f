import { isRecord, type MergedEvent, type SearchHit } from '@konui/protocol';

/** Of one message or prompt, in UTF-16 units; of what a tool printed, over all its events. */
const MAX_TEXT = 64 * 1024;
export const MAX_OUTPUT = 16 * 1024;

export interface SearchableText {
  readonly kind: Exclude<SearchHit['kind'], 'title'>;
  readonly text: string;
  /** The tool call that it is of. */
  readonly toolCallId?: string;
}

/** What of an event can be found. */
export function searchableTexts(event: MergedEvent): SearchableText[] {
  switch (event.kind) {
    case 'prompt':
      return textsOf('prompt', event['content']);
    case 'agent_message_chunk':
      return textsOf('message', event['content']);
    case 'agent_thought_chunk':
      return textsOf('thought', event['content']);
    case 'error':
    case 'limit_reached':
      return toTexts('message', [event['message']], MAX_TEXT);
    case 'tool_call':
    case 'tool_call_update':
      return toolTexts(event);
    default:
      return [];
  }
}

function toolTexts(event: MergedEvent): SearchableText[] {
  const { title, rawInput, locations, content, rawOutput, toolCallId, _meta: meta } = event;
  const paths = Array.isArray(locations) ? locations.map((place) => (isRecord(place) ? place['path'] : undefined)) : [];
  const printed = isRecord(meta) ? [meta['terminal_output'], meta['terminal_output_delta']] : [];
  const id = typeof toolCallId === 'string' ? { toolCallId } : {};
  return [
    ...toTexts('tool', [title, ...paths, ...stringsIn(rawInput)], MAX_TEXT),
    // What a tool answers raw nearly always stands in its content too.
    ...toTexts(
      'output',
      [...stringsOf(content), ...stringsOf(printed), ...(content === undefined ? stringsIn(rawOutput) : [])],
      MAX_OUTPUT,
    ),
  ].map((text) => ({ ...text, ...id }));
}

function textsOf(kind: SearchableText['kind'], content: unknown): SearchableText[] {
  return toTexts(kind, stringsOf(Array.isArray(content) ? content : [content]), MAX_TEXT);
}

function toTexts(kind: SearchableText['kind'], strings: readonly unknown[], max: number): SearchableText[] {
  const texts = strings.filter((text) => typeof text === 'string' && text.trim() !== '');
  const text = [...new Set(texts)].join('\n').slice(0, max);
  return text === '' ? [] : [{ kind, text }];
}

/** The words in content blocks, tool contents and terminal output; of what lies in an attachment, its beginning. */
function stringsOf(values: unknown): unknown[] {
  if (!Array.isArray(values)) return [];
  return values.flatMap((value) => {
    if (!isRecord(value)) return [];
    const { type, text, data, content, path, newText, resource, name } = value;
    if (type === 'diff') return [path, previewOf(newText)];
    if (type === 'content') return stringsOf([content]);
    if (type === 'image' || type === 'audio') return [];
    return [previewOf(text), previewOf(data), name, isRecord(resource) ? resource['text'] : undefined];
  });
}

/** The strings anywhere in what a tool was given, such as its command. */
function stringsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value];
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((each) => stringsIn(each, depth + 1));
}

function previewOf(text: unknown): unknown {
  return isRecord(text) ? text['preview'] : text;
}

const MAX_DEPTH = 4;
