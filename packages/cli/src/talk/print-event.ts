import { isStoredText } from '@konui/client';
import { isRecord, type SessionEvent } from '@konui/protocol';

type Fields = Readonly<Record<string, unknown>>;

/** What a person at a terminal reads of an event: text as it streams, all else as a line; undefined for the rest. */
export function printedEvent(event: SessionEvent): { readonly text: string; readonly isLine: boolean } | undefined {
  const fields: Fields = event;
  const line = (text: string) => ({ text, isLine: true });
  switch (event.kind) {
    case 'agent_message_chunk':
      return { text: textIn(fields['content']), isLine: false };
    case 'prompt':
      return line(`> ${textIn(fields['content']).replaceAll('\n', '\n> ')}`);
    case 'tool_call':
      return line(`* ${words(fields['title'], 'tool call')}`);
    case 'permission_request':
      return line(`? ${titleOf(fields['toolCall'])} (answer it in the page)`);
    case 'elicitation_request':
      return line(`? ${words(fields['message'], 'the agent asks something')} (answer it in the page)`);
    case 'error':
      return line(`! ${words(fields['message'], 'something went wrong')}`);
    case 'limit_reached':
      return line(
        `! the agent's limit is reached${typeof fields['resetsAt'] === 'string' ? ` until ${fields['resetsAt']}` : ''}`,
      );
    case 'complete':
      return line(fields['success'] === true ? '= finished' : `= ended: ${words(fields['stopReason'], 'unknown')}`);
    default:
      return undefined;
  }
}

function words(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

function titleOf(toolCall: unknown): string {
  return isRecord(toolCall) && typeof toolCall['title'] === 'string'
    ? toolCall['title']
    : 'the agent asks for a permission';
}

function textIn(content: unknown): string {
  if (Array.isArray(content)) return content.map(textIn).join('');
  if (!isRecord(content)) return '';
  const { text } = content;
  if (typeof text === 'string') return text;
  return isStoredText(text) ? `${text.preview}…` : '';
}
