import {
  type ChatSubscribed,
  CommandId,
  ConsoleServerMessage,
  newId,
  PromptId,
  RequestId,
  RunId,
  SessionId,
} from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { EventTranslator } from './event-translator.ts';
import { OwnCommands } from './own-commands.ts';

const sessionId = newId(SessionId);
const [runId, promptId, requestId] = [newId(RunId), newId(PromptId), newId(RequestId)];
const origin = { type: 'person', device: 'phone' };
const content = [{ type: 'text', text: 'hello' }];
const prompt = { kind: 'prompt', commandId: promptId, promptId, origin, content };
const runStarted = { kind: 'run_started', runId, promptId };
const request = {
  kind: 'permission_request',
  requestId,
  runId,
  toolCall: { toolCallId: 't1' },
  options: [{ optionId: 'yes', name: 'Yes', kind: 'allow_once' }],
};
const complete = {
  kind: 'complete',
  runId,
  actualSessionId: sessionId,
  stopReason: 'end_turn',
  exitCode: 0,
  success: true,
  aborted: false,
};
const chunk = (text: unknown) => ({ kind: 'agent_message_chunk', content: { type: 'text', text } });
const idle: ChatSubscribed = {
  kind: 'chat_subscribed',
  sessionId,
  epoch: 'e',
  lastSeq: 0,
  cursor: 'ok',
  isProcessing: false,
  pendingPermissions: [],
  pendingElicitations: [],
};

interface Setting {
  readonly own?: OwnCommands;
  readonly subscribed?: Partial<ChatSubscribed>;
  readonly cursor?: number;
  readonly isResumed?: boolean;
}

/** Translates events with seqs from the cursor on; every message has to fit the protocol. */
function translate(events: readonly object[], setting: Setting = {}) {
  const { own = new OwnCommands(), cursor = 0, isResumed = false } = setting;
  const subscribed = { ...idle, ...setting.subscribed };
  const translator = new EventTranslator({ own, subscribed, cursor, isResumed });
  const messages = events.flatMap((event, index) => {
    const line = { seq: cursor + index + 1, sessionId, at: '2026-01-08T13:11:00.000Z', ...event };
    return translator.translate(Buffer.from(JSON.stringify(line)));
  });
  const all = [...messages, translator.statusAt(cursor + events.length)];
  return all.map((message) => ConsoleServerMessage.parse(JSON.parse(JSON.stringify(message))));
}

function ownOf(...ids: string[]): OwnCommands {
  const own = new OwnCommands();
  for (const id of ids) own.add(CommandId.parse(id), { id });
  return own;
}

describe('what waits for a person', () => {
  const question = { kind: 'elicitation_request', requestId, runId, message: 'Which?', requestedSchema: {} };
  const answered = { kind: 'elicitation_resolved', requestId, by: origin, action: 'decline' };

  it('[CON5] [ELI1] is waiting while a question of the agent is open', () => {
    expect(translate([runStarted, question, answered, complete]).filter(({ type }) => type === 'status')).toMatchObject(
      [
        { seq: 1, state: 'working' },
        { seq: 2, state: 'waiting' },
        { seq: 3, state: 'working', requestId },
        { seq: 4, state: 'idle' },
        { seq: 4, state: 'idle' },
      ],
    );
    const pendingElicitations = [{ requestId, seq: 2 }];
    const subscribed = { isProcessing: true, pendingElicitations };
    expect(translate([], { subscribed, cursor: 2 })).toEqual([{ type: 'status', seq: 2, state: 'waiting' }]);
  });

  it('[CON5] [QUE2] keeps its state when the queue is held, resumed or edited', () => {
    const by = { type: 'person' };
    const changes = [
      { kind: 'queue_held', reason: 'stopped', by },
      { kind: 'prompt_changed', commandId: requestId, promptId, by, content },
      { kind: 'queue_resumed', by },
      { kind: 'prompt_removed', commandId: requestId, promptId, by },
    ];
    const states = translate([runStarted, { ...complete, aborted: true }, ...changes]).filter(
      ({ type }) => type === 'status',
    );
    expect(states.at(-1)).toEqual({ type: 'status', seq: 6, state: 'stopped' });
    expect(states).toHaveLength(3);
  });
});

describe('a run', () => {
  it("[CON4] is told in the messages of the console, each with its event's seq", () => {
    expect(translate([prompt, runStarted, chunk('Hi '), chunk('there'), complete])).toEqual([
      { type: 'inject_prompt', seq: 1, id: promptId, text: 'hello', origin },
      { type: 'status', seq: 2, state: 'working', id: promptId, runId },
      { type: 'output', seq: 3, content: 'Hi ' },
      { type: 'output', seq: 4, content: 'there' },
      { ...omitKind(complete), type: 'complete', seq: 5, sessionId, at: '2026-01-08T13:11:00.000Z' },
      { type: 'status', seq: 5, state: 'idle' },
      { type: 'status', seq: 5, state: 'idle' },
    ]);
  });

  it('[CON4] gives nothing for what the console does not show, and for what is broken', () => {
    const events = [
      { kind: 'agent_thought_chunk', content: { type: 'text', text: 'hm' } },
      { kind: 'something_new' },
      { kind: 'complete' },
      { kind: 'agent_message_chunk' },
      { kind: 'agent_message_chunk', content: { type: 'image', data: '' } },
      { kind: 'tool_call' },
      { kind: 'log_opened', epoch: 'e', bootId: 'b', fromSeq: 1, format: 1 },
    ];
    expect(translate(events)).toEqual([{ type: 'status', seq: 7, state: 'idle' }]);
    const translator = new EventTranslator({ own: ownOf(), subscribed: idle, cursor: 0, isResumed: false });
    expect(translator.translate(Buffer.from('no JSON'))).toEqual([]);
  });

  it('[SEQ7] shows the beginning of a text that is an attachment, and where the rest is', () => {
    const large = { attachment: 'a'.repeat(64), byteLength: 300_000, preview: 'It begins' };
    expect(translate([chunk(large)])[0]).toEqual({
      type: 'output',
      seq: 1,
      content: 'It begins',
      attachment: 'a'.repeat(64),
    });
  });
});

describe('status', () => {
  const states = (events: readonly object[], setting?: Setting) =>
    translate(events, setting).flatMap((message) => (message.type === 'status' ? [message.state] : []));
  const resolved = { kind: 'permission_resolved', requestId, by: origin, optionId: 'yes' };

  it('[CON5] is waiting while a permission is open, and says which one was closed', () => {
    const messages = translate([runStarted, request, resolved]);
    expect(messages.slice(1)).toEqual([
      { ...omitKind(request), type: 'permission_request', seq: 2, runId: undefined },
      { type: 'status', seq: 2, state: 'waiting' },
      { type: 'status', seq: 3, state: 'working', requestId },
      { type: 'status', seq: 3, state: 'working' },
    ]);
  });

  it('[CON5] stays waiting while another permission is open', () => {
    const other = { ...request, requestId: newId(RequestId) };
    expect(states([runStarted, request, other, resolved])).toEqual(['working', 'waiting', 'waiting', 'waiting']);
  });

  it('[CON5] says that a run was stopped, until the next one', () => {
    const aborted = { ...complete, success: false, aborted: true, stopReason: 'cancelled', exitCode: 130 };
    expect(states([runStarted, aborted, runStarted])).toEqual(['working', 'stopped', 'working', 'working']);
  });

  it('[CON5] says that the quota is used up, also after the run', () => {
    const limit = { kind: 'limit_reached', runId, message: 'used up', resetsAt: '2026-01-09T00:00:00Z' };
    const failed = { ...complete, success: false, exitCode: 1, stopReason: 'error' };
    const events = [runStarted, request, limit, { ...resolved, by: { type: 'system', reason: 'run_ended' } }, failed];
    expect(states(events)).toEqual(['working', 'waiting', 'limited', 'limited', 'limited']);
    expect(translate(events)).toContainEqual({
      type: 'status',
      seq: 3,
      state: 'limited',
      message: 'used up',
      resetsAt: '2026-01-09T00:00:00Z',
    });
  });

  it("[CON4] is the host's where the replay says nothing of it", () => {
    const pendingPermissions = [{ requestId, seq: 3 }];
    expect(states([], { subscribed: { isProcessing: true } })).toEqual(['working']);
    expect(states([], { subscribed: { isProcessing: true, pendingPermissions }, cursor: 5 })).toEqual(['waiting']);
  });

  it('[CON5] knows the permissions that were open at the cursor', () => {
    const subscribed = { isProcessing: true, pendingPermissions: [{ requestId: newId(RequestId), seq: 3 }] };
    expect(states([resolved], { subscribed, cursor: 5 })).toEqual(['waiting', 'waiting']);
  });
});

describe('prompts', () => {
  const queued = { ...prompt, kind: 'prompt_queued' };
  const { commandId: _, ...begun } = prompt;
  const types = (events: readonly object[], setting?: Setting) => translate(events, setting).map(({ type }) => type);

  it('[CON6] are not echoed to their own socket, which is told when they wait and when they begin', () => {
    expect(translate([queued, complete, begun, runStarted], { own: ownOf(promptId) })).toEqual([
      { type: 'status', seq: 1, state: 'working', id: promptId },
      expect.objectContaining({ type: 'complete', seq: 2 }),
      { type: 'status', seq: 2, state: 'idle' },
      { type: 'status', seq: 4, state: 'working', id: promptId, runId },
      { type: 'status', seq: 4, state: 'working' },
    ]);
  });

  it('[CON6] of others are told once, when they are accepted', () => {
    expect(types([queued, begun])).toEqual(['inject_prompt', 'status']);
    expect(types([prompt])).toEqual(['inject_prompt', 'status']);
  });

  it('[CON6] that waited before the cursor are told to a new client, and not again to one that resumes', () => {
    expect(types([begun])).toEqual(['inject_prompt', 'status']);
    expect(types([begun], { isResumed: true })).toEqual(['status']);
  });
});

describe('epochs', () => {
  const opened = (epoch: string) => ({ kind: 'log_opened', epoch, bootId: 'b', fromSeq: 1, format: 1 });

  it('[CON4] are told when one begins that the client does not know', () => {
    const subscribed = { epoch: null };
    expect(translate([opened('e1'), opened('e1'), opened('e2')], { subscribed }).slice(0, -1)).toEqual([
      { type: 'session', sessionId, epoch: 'e1', lastSeq: 1 },
      { type: 'session', sessionId, epoch: 'e2', lastSeq: 3 },
    ]);
  });
});

describe('failures', () => {
  it('[CON7] quotes the command of this socket that the runner rejected, and none of others', () => {
    const rejected = { kind: 'command_rejected', commandId: promptId, code: 'PERMISSION_NOT_FOUND', message: 'late' };
    const error = { type: 'error', seq: 1, code: 'PERMISSION_NOT_FOUND', error: 'late', retryable: false };
    expect(translate([rejected], { own: ownOf(promptId) })[0]).toEqual({ ...error, id: promptId });
    expect(translate([rejected])).toHaveLength(1);
  });

  it('A2: says why a run failed', () => {
    const [error] = translate([{ kind: 'error', code: 'AGENT_EXITED', message: 'exited with 3', runId }]);
    expect(error).toEqual({ type: 'error', seq: 1, code: 'AGENT_EXITED', error: 'exited with 3', retryable: true });
  });
});

describe('tool calls', () => {
  const call = { kind: 'tool_call', toolCallId: 't1', title: 'Run ls', status: 'pending' };

  it('[CON4] are told once, and again when their input becomes known', () => {
    const input = { command: 'ls' };
    const messages = translate([
      call,
      { kind: 'tool_call_update', toolCallId: 't1', rawInput: input },
      { kind: 'tool_call_update', toolCallId: 't1', rawInput: input, status: 'in_progress' },
      { kind: 'tool_call_update', toolCallId: 't1', status: 'completed', rawOutput: 'x' },
    ]);
    expect(messages.slice(0, -1)).toEqual([
      { type: 'tool_call', seq: 1, toolCallId: 't1', name: 'Run ls', input: null },
      { type: 'tool_call', seq: 2, toolCallId: 't1', name: 'Run ls', input },
    ]);
  });
});

describe('OwnCommands', () => {
  it('forgets the oldest of very many', () => {
    const own = new OwnCommands();
    const ids = Array.from({ length: 1001 }, () => newId(CommandId));
    for (const id of ids) own.add(id, { id });
    expect(ids.map((id) => own.nameOf(id) !== undefined).indexOf(true)).toBe(1);
  });
});

function omitKind(event: Readonly<Record<string, unknown>>) {
  const { kind: _, ...fields } = event;
  return fields;
}
