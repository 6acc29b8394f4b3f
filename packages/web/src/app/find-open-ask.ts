import { isRecord, type SessionEvent } from '@konui/protocol';
import type { OpenAsk } from '../features/start/open-ask.ts';
import * as en from '../text/en.ts';
import { showControls } from '../ui/show-controls.ts';
import { commandOf } from '../ui/tool/tool-facts.ts';

/** The oldest request in these events that none of them answers. */
export function findOpenAsk(events: readonly SessionEvent[]): OpenAsk | undefined {
  const open = new Map<unknown, SessionEvent>();
  for (const event of events) {
    if (event.kind === 'permission_request' || event.kind === 'elicitation_request') {
      open.set(event['requestId'], event);
    }
    if (event.kind === 'permission_resolved' || event.kind === 'elicitation_resolved') open.delete(event['requestId']);
    // A run that ended waits for nothing.
    if (event.kind === 'complete') open.clear();
  }
  const [first] = open.values();
  return first === undefined ? undefined : { ...toAsk(first), more: open.size - 1 };
}

function toAsk(event: SessionEvent): Omit<OpenAsk, 'more'> {
  if (event.kind === 'elicitation_request') {
    return { kind: 'question', text: showControls(text(event['message']) ?? en.start.needsYou), isCode: false };
  }
  const call = isRecord(event['toolCall']) ? event['toolCall'] : {};
  const command = commandOf(call['rawInput']);
  if (command !== undefined) return { kind: 'permission', text: showControls(command), isCode: true };
  return { kind: 'permission', text: showControls(text(call['title']) ?? en.tool.untitled), isCode: false };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
