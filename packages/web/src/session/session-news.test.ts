import { createConversation, type ConversationState, reduceConversationEvents } from '@konui/client';
import type { SessionEvent } from '@konui/protocol';
import { expect, it } from 'vitest';
import { newsOf } from './session-news.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const prompt = {
  promptId: id(1),
  commandId: id(1),
  origin: { type: 'person' },
  content: [{ type: 'text', text: 'x' }],
};
const bodies: readonly (readonly [kind: string, fields: Record<string, unknown>, news: string | undefined])[] = [
  ['prompt', prompt, undefined],
  ['run_started', { runId: id(2), promptId: id(1) }, 'The agent works.'],
  ['agent_message_chunk', { content: { type: 'text', text: 'a' } }, undefined],
  [
    'permission_request',
    { requestId: id(3), runId: id(2), toolCall: { toolCallId: 't', title: 'npm test' }, options: [] },
    'The agent asks for permission: npm test',
  ],
  ['agent_message_chunk', { content: { type: 'text', text: 'b' } }, undefined],
  ['permission_resolved', { requestId: id(3), by: { type: 'person' }, optionId: 'y' }, undefined],
  [
    'elicitation_request',
    { requestId: id(4), runId: id(2), message: 'Which?', requestedSchema: {} },
    'The agent asks: Which?',
  ],
  [
    'complete',
    { runId: id(2), actualSessionId: id(9), stopReason: 'end_turn', exitCode: 0, success: true, aborted: false },
    'The agent has finished.',
  ],
];

it('tells screen readers of beginnings, ends and questions, and of nothing that streams', () => {
  let before: ConversationState = createConversation();
  for (const [index, [kind, fields, news]] of bodies.entries()) {
    const event: SessionEvent = { seq: index + 1, sessionId: id(9), at: '2026-01-01T00:00:00.000Z', kind, ...fields };
    const now = reduceConversationEvents(before, [event]);
    expect(newsOf(before, now)).toBe(news);
    before = now;
  }
});
