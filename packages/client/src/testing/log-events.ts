import type { SessionEvent } from '@konui/protocol';
import { createConversation } from '../conversation/conversation-state.ts';
import { reduceConversationEvents } from '../conversation/reduce-conversation.ts';

export const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const origin = { type: 'person' };
export const text = (value: string) => ({ type: 'text', text: value });

export type Body = { kind: string; [field: string]: unknown };
export const log = (...bodies: Body[]): SessionEvent[] =>
  bodies.map((body, index) => ({
    seq: index + 1,
    sessionId: id(0),
    at: `2026-01-08T13:11:${String(index % 60).padStart(2, '0')}.000Z`,
    ...body,
  }));
export const fold = (...bodies: Body[]) => reduceConversationEvents(createConversation(), log(...bodies));

export const run = (n: number): Body[] => [
  { kind: 'prompt', commandId: id(n), promptId: id(n), origin, content: [text(`do ${n}`)] },
  { kind: 'run_started', runId: id(100 + n), promptId: id(n) },
];
export const complete = (n: number): Body => ({
  kind: 'complete',
  runId: id(100 + n),
  actualSessionId: id(0),
  stopReason: 'end_turn',
  exitCode: 0,
  success: true,
  aborted: false,
});
export const says = (value: string, messageId?: string): Body => ({
  kind: 'agent_message_chunk',
  content: text(value),
  ...(messageId === undefined ? {} : { messageId }),
});
