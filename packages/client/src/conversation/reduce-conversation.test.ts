import { foldSession } from '@konui/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConversation } from './conversation-state.ts';
import type { ConversationItem } from './items.ts';
import { type Body, complete, fold, id, log, origin, run, says, text } from '../testing/log-events.ts';
import { reduceConversation, reduceConversationEvents } from './reduce-conversation.ts';

describe('what a conversation shows', () => {
  it('a prompt belongs to the run that it starts, chunks become one message, and the run ends once', () => {
    const { items } = fold(...run(1), says('Hel', 'm1'), says('lo', 'm1'), complete(1));
    expect(items).toMatchObject([
      { type: 'prompt', promptId: id(1), runId: id(101) },
      { type: 'message', content: [text('Hello')], runId: id(101) },
      { type: 'run_end', success: true, runId: id(101) },
    ]);
  });

  it('another messageId or a tool call in between begins another message', () => {
    const { items } = fold(
      ...run(1),
      says('a', 'm1'),
      says('b', 'm2'),
      { kind: 'tool_call', toolCallId: 't' },
      says('c', 'm2'),
    );
    expect(items.slice(1).map(({ type }) => type)).toEqual(['message', 'message', 'tool', 'message']);
  });

  it('[C8] identical prompts are never collapsed', () => {
    const same: Body = { kind: 'prompt', origin, content: [text('again')] };
    expect(fold({ ...same, promptId: id(1) }, { ...same, promptId: id(2) }).items).toHaveLength(2);
  });

  it('[CMD3] a queued prompt waits in the queue until its turn comes', () => {
    const queued: Body = { kind: 'prompt_queued', commandId: id(2), promptId: id(2), origin, content: [text('next')] };
    const before = fold(...run(1), queued);
    expect(before.queue).toMatchObject([{ promptId: id(2) }]);
    const after = fold(...run(1), queued, complete(1), {
      kind: 'prompt',
      promptId: id(2),
      origin,
      content: [text('next')],
    });
    expect(after.queue).toMatchObject([{ promptId: id(2), hasBegun: true }]);
    expect(after.items.at(-1)).toMatchObject({ type: 'prompt', promptId: id(2) });
  });

  it('a tool call is merged from its updates, and its terminal output appended', () => {
    const { items } = fold(
      ...run(1),
      {
        kind: 'tool_call',
        toolCallId: 't',
        title: 'ls',
        toolKind: 'execute',
        status: 'in_progress',
        rawInput: { command: 'ls' },
        content: [{ type: 'terminal', terminalId: 't' }],
      },
      {
        kind: 'tool_call_update',
        toolCallId: 't',
        _meta: { terminal_output_delta: { terminal_id: 't', data: 'a\n' } },
      },
      { kind: 'tool_call_update', toolCallId: 't', _meta: { terminal_output: { terminal_id: 't', data: 'b\n' } } },
      {
        kind: 'tool_call_update',
        toolCallId: 't',
        status: 'completed',
        _meta: { terminal_exit: { exit_code: 0, signal: null } },
      },
    );
    expect(items.at(-1)).toMatchObject({
      type: 'tool',
      title: 'ls',
      toolKind: 'execute',
      status: 'completed',
      rawInput: { command: 'ls' },
      content: [{ type: 'terminal', terminalId: 't' }],
      output: ['a\nb\n'],
      exit: { exitCode: 0, signal: null },
    });
    expect(items).toHaveLength(2);
  });

  it('a tool call has ended when the event that completed or failed it was written', () => {
    const events = log(
      ...run(1),
      { kind: 'tool_call', toolCallId: 't' },
      { kind: 'tool_call_update', toolCallId: 't' },
    );
    const { items } = reduceConversationEvents(createConversation(), events);
    expect(items.at(-1)).not.toHaveProperty('endedAt');
    const ended = fold(
      ...run(1),
      { kind: 'tool_call', toolCallId: 't', status: 'in_progress' },
      { kind: 'tool_call_update', toolCallId: 't', status: 'failed' },
      { kind: 'tool_call_update', toolCallId: 't', status: 'failed', rawOutput: 'late' },
    );
    expect(ended.items.at(-1)).toMatchObject({ endedAt: events.at(-1)?.at });
  });

  it('a plan is that of its prompt: it stays when the run has ended and goes with the next prompt', () => {
    const planned = [...run(1), { kind: 'plan', entries: [{ content: 'x' }] }, complete(1)] as const;
    expect(fold(...planned).plan).toMatchObject([{ content: 'x' }]);
    expect(fold(...planned, ...run(2)).plan).toBeUndefined();
  });

  it('a call that was only asked permission for is created by its update, with what the request said', () => {
    const { items } = fold(
      ...run(1),
      {
        kind: 'permission_request',
        requestId: id(5),
        runId: id(101),
        toolCall: { toolCallId: 't', title: 'Write a.txt', kind: 'edit' },
        options: [],
      },
      { kind: 'permission_resolved', requestId: id(5), by: origin, optionId: 'yes', optionKind: 'allow_once' },
      {
        kind: 'tool_call_update',
        toolCallId: 't',
        status: 'completed',
        content: [{ type: 'diff', path: 'a.txt', oldText: null, newText: 'x' }],
      },
    );
    expect(items.slice(1)).toMatchObject([
      { type: 'permission', resolution: { optionId: 'yes', optionKind: 'allow_once' } },
      {
        type: 'tool',
        title: 'Write a.txt',
        toolKind: 'edit',
        status: 'completed',
        content: [{ type: 'diff', path: 'a.txt', oldText: null, newText: 'x' }],
      },
    ]);
  });

  it('a tool call id that is used again in a later run is another call; a late update finds its own', () => {
    const call: Body = { kind: 'tool_call', toolCallId: 't' };
    const { items } = fold(
      ...run(1),
      call,
      complete(1),
      { kind: 'tool_call_update', toolCallId: 't', status: 'failed' },
      ...run(2),
      call,
    );
    expect(items.filter(({ type }) => type === 'tool')).toMatchObject([{ status: 'failed' }, { status: 'pending' }]);
  });

  it('[SEQ7] long text in an attachment shows its preview and where the rest is', () => {
    const stored = { attachment: 'a'.repeat(64), byteLength: 300_000, preview: 'begin' };
    const { items } = fold({ kind: 'agent_message_chunk', content: { type: 'text', text: stored } });
    expect(items).toMatchObject([{ content: [{ type: 'stored_text', ...stored }] }]);
  });

  it('[EVT1] an unknown kind, and a known one that lacks a field, are inert items', () => {
    const { items } = fold({ kind: 'hologram', depth: 3 }, { kind: 'error', code: 'X' }, { kind: 'tool_call' });
    expect(items).toMatchObject([
      { type: 'unknown', kind: 'hologram', fields: { depth: 3 } },
      { type: 'unknown', kind: 'error' },
      { type: 'unknown', kind: 'tool_call' },
    ]);
  });

  it('an item that has not changed stays the same object; a chunk changes only the last', () => {
    const events = log(...run(1), says('a'), { kind: 'tool_call', toolCallId: 't' }, says('b'), says('c'), {
      kind: 'usage_update',
      used: 1,
    });
    const before = reduceConversationEvents(createConversation(), events.slice(0, 5));
    const after = reduceConversationEvents(before, events.slice(5, 6));
    expect(after.items.map((item, index) => item === before.items[index])).toEqual([true, true, true, false]);
    const later = reduceConversationEvents(after, events.slice(6));
    expect(later.items).toBe(after.items);
    expect(later.queue).toBe(after.queue);
    expect(reduceConversationEvents(later, events)).toBe(later);
  });
});

const bodies: fc.Arbitrary<Body> = fc.oneof(
  fc.integer({ min: 1, max: 4 }).chain((n) =>
    fc.constantFrom<Body>(
      ...run(n),
      complete(n),
      { kind: 'status', state: 'stopping', runId: id(100 + n) },
      {
        kind: 'prompt_queued',
        commandId: id(n),
        promptId: id(n),
        origin,
        content: [text(`later ${n}`)],
      },
      { kind: 'prompt_changed', commandId: id(n), promptId: id(n), by: origin, before: id(n % 4) },
      { kind: 'prompt_removed', commandId: id(n), promptId: id(n), by: origin },
      { kind: 'queue_held', reason: 'error', by: { type: 'system', reason: 'error' } },
      { kind: 'queue_resumed', by: origin },
      { kind: 'limit_reached', runId: id(100 + n), message: 'used up' },
    ),
  ),
  fc.record({
    kind: fc.constantFrom('agent_message_chunk', 'agent_thought_chunk', 'user_message_chunk'),
    content: fc.string().map(text),
    messageId: fc.constantFrom(undefined, 'm1', 'm2'),
  }),
  fc.record({
    kind: fc.constantFrom('tool_call', 'tool_call_update'),
    toolCallId: fc.constantFrom('t1', 't2'),
    status: fc.constantFrom(undefined, 'pending', 'completed', 'failed'),
    _meta: fc.constantFrom(undefined, { terminal_output: { data: 'out' } }),
  }),
  fc.integer({ min: 1, max: 3 }).chain((n) =>
    fc.constantFrom<Body>(
      {
        kind: 'permission_request',
        requestId: id(50 + n),
        runId: id(101),
        toolCall: { toolCallId: 't1' },
        options: [],
      },
      { kind: 'permission_resolved', requestId: id(50 + n), by: origin },
      {
        kind: 'elicitation_request',
        requestId: id(60 + n),
        runId: id(101),
        message: 'which?',
        requestedSchema: { type: 'object' },
      },
      { kind: 'elicitation_resolved', requestId: id(60 + n), by: origin, action: 'decline' },
    ),
  ),
  fc.constantFrom<Body>(
    { kind: 'session_info_update', title: 'T' },
    { kind: 'plan', entries: [{ content: 'x' }] },
    { kind: 'odd' },
    { kind: 'retrying', runId: id(101), message: 'wait' },
  ),
);

describe('the fold', () => {
  it('any split of the events and any overlapping replay give the same state', () => {
    fc.assert(
      fc.property(fc.array(bodies, { maxLength: 60 }), fc.array(fc.nat(60)), (made, cuts) => {
        const events = log(...made);
        const whole = reduceConversationEvents(createConversation(), events);
        let state = createConversation();
        for (const cut of cuts.sort((one, other) => one - other)) {
          state = reduceConversationEvents(state, events.slice(Math.max(0, state.lastSeq - 7), cut));
        }
        expect(events.reduce(reduceConversation, state)).toEqual(whole);
      }),
    );
  });

  it('run, queue, limit, requests and title agree with the fold that runner and host use', () => {
    fc.assert(
      fc.property(fc.array(bodies, { maxLength: 60 }), (made) => {
        const events = log(...made);
        const { epochs: _, openToolCalls: _calls, answered: _ids, updatedAt: _at, ...shown } = foldSession(events);
        expect(events.reduce(reduceConversation, createConversation())).toMatchObject(shown);
      }),
    );
  });

  it('no event changes a state that was handed out', () => {
    fc.assert(
      fc.property(fc.array(bodies, { maxLength: 40 }), (made) => {
        let state = createConversation();
        for (const event of log(...made)) {
          const copy = structuredClone(state);
          const before = state;
          state = reduceConversation(state, event);
          expect(before).toEqual(copy);
        }
        const keys = state.items.map(({ key }: ConversationItem) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
