import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGENT_KINDS } from '../events/agent-update.ts';
import type { SessionEvent } from '../events/session-event.ts';
import { newId, PromptId, RequestId, RunId, SessionId } from '../ids.ts';
import { changesState, foldSession, reduceSession } from './reduce-session.ts';
import { createSessionState, nextPrompt } from './state.ts';

const sessionId = newId(SessionId);

function toLog(bodies: readonly { kind: string; [field: string]: unknown }[]): SessionEvent[] {
  return bodies.map((body, index) => ({ seq: index + 1, sessionId, at: '2026-01-08T03:11:36.612Z', ...body }));
}

const ids = { prompt: newId(PromptId), queued: newId(PromptId), run: newId(RunId), request: newId(RequestId) };
const person = { type: 'person' };
const text = (words: string) => [{ type: 'text', text: words }];
const RUN = [
  { kind: 'log_opened', epoch: 'e1', bootId: 'b', fromSeq: 1, format: 1 },
  { kind: 'prompt', commandId: ids.prompt, promptId: ids.prompt, origin: person, content: text('Fix  the\nbug') },
  { kind: 'run_started', runId: ids.run, promptId: ids.prompt },
  {
    kind: 'prompt_queued',
    commandId: ids.queued,
    promptId: ids.queued,
    origin: person,
    content: text('And then test'),
  },
  { kind: 'tool_call', toolCallId: 't1', title: 'ls', status: 'in_progress' },
  { kind: 'permission_request', requestId: ids.request, runId: ids.run, toolCall: { toolCallId: 't1' }, options: [] },
];
const END = [
  { kind: 'permission_resolved', requestId: ids.request, by: person, optionId: 'x' },
  { kind: 'tool_call_update', toolCallId: 't1', status: 'completed' },
  {
    kind: 'complete',
    runId: ids.run,
    actualSessionId: sessionId,
    stopReason: 'end_turn',
    exitCode: 0,
    success: true,
    aborted: false,
  },
];

describe('foldSession', () => {
  it('knows the open run, what waits, what is asked and which commands are answered', () => {
    const state = foldSession(toLog(RUN));
    expect(state).toMatchObject({
      lastSeq: 6,
      epochs: [{ epoch: 'e1', fromSeq: 1 }],
      run: { runId: ids.run, promptId: ids.prompt, isStopping: false },
      queue: [{ promptId: ids.queued }],
      pendingPermissions: [{ requestId: ids.request, seq: 6 }],
      title: 'Fix the bug',
    });
    expect([...state.openToolCalls]).toEqual(['t1']);
    expect([...state.answered]).toEqual([ids.prompt, ids.queued]);
  });

  it('[EVT3] closes the run with its complete', () => {
    const state = foldSession(toLog([...RUN, ...END]));
    expect(state).toMatchObject({ run: undefined, pendingPermissions: [], lastRun: { runId: ids.run, success: true } });
    expect(state.openToolCalls.size).toBe(0);
    expect(state.queue).toHaveLength(1);
  });

  it('[CMD3] takes a waiting prompt from the queue when its turn comes', () => {
    const next = { kind: 'prompt', promptId: ids.queued, origin: person, content: text('And then test') };
    const started = { kind: 'run_started', runId: newId(RunId), promptId: ids.queued };
    expect(foldSession(toLog([...RUN, ...END, next, started])).queue).toEqual([]);
  });

  it('[CMD1] forgets no prompt whose run_started is missing, as in a torn log', () => {
    const next = { kind: 'prompt', promptId: ids.queued, origin: person, content: text('And then test') };
    const torn = foldSession(toLog([...RUN, ...END, next]));
    expect(nextPrompt(torn)).toMatchObject({ promptId: ids.queued, hasBegun: true });
    const held = { kind: 'queue_held', reason: 'error', by: person };
    expect(nextPrompt(foldSession(toLog([...RUN, ...END, held, next])))).toMatchObject({ promptId: ids.queued });
  });

  it('[CMD6] marks the run that is being stopped, and no other', () => {
    const stopping = (runId: string) => ({ kind: 'status', state: 'stopping', runId });
    expect(foldSession(toLog([...RUN, stopping(ids.run)])).run?.isStopping).toBe(true);
    expect(foldSession(toLog([...RUN, stopping(newId(RunId))])).run?.isStopping).toBe(false);
  });

  it('[EVT1] is changed by no kind that it does not know, and by no known one that lacks a field', () => {
    const odd = [{ kind: 'something_new', runId: ids.run }, { kind: 'complete' }, { kind: 'prompt', promptId: 7 }];
    const { lastSeq: _before, ...before } = foldSession(toLog(RUN));
    const { lastSeq: _after, ...after } = foldSession(toLog([...RUN, ...odd]));
    expect(after).toEqual(before);
  });

  it("takes the agent's title over the beginning of the first prompt", () => {
    const info = { kind: 'session_info_update', title: 'Bug fix' };
    expect(foldSession(toLog([...RUN, info])).title).toBe('Bug fix');
  });
});

describe('reduceSession', () => {
  it('[SEQ6] comes to the same state for any split of the log and any overlap', () => {
    const log = toLog([...RUN, ...END]);
    const whole = foldSession(log);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(log.length), fc.nat(3)), { maxLength: 8 }), (reads) => {
        const state = createSessionState();
        for (const [upTo, overlap] of reads) {
          const from = Math.max(0, state.lastSeq - overlap);
          for (const event of log.slice(from, Math.max(from, upTo))) reduceSession(state, event);
        }
        for (const event of log.slice(state.lastSeq)) reduceSession(state, event);
        expect(state).toEqual(whole);
      }),
    );
  });
});

it('folds an event that changes no state by its envelope alone', () => {
  const kinds = [...AGENT_KINDS, 'not_invented_yet'];
  const changing = kinds.filter((kind) => changesState(kind));
  expect(changing).toEqual(['tool_call', 'tool_call_update', 'current_mode_update', 'session_info_update']);
  for (const kind of kinds.filter((each) => !changing.includes(each))) {
    const log = toLog([...RUN, { kind, toolCallId: 't1', status: 'completed', title: 'Another' }]);
    const { seq, at } = log.at(-1) ?? { seq: 0, at: '' };
    expect(foldSession(log)).toEqual(foldSession([...log.slice(0, -1), { seq, sessionId, kind, at }]));
  }
});

it('[LIM2] knows that a person took the last waiting prompt out of the queue that the limit holds', () => {
  const limited = [
    ...RUN,
    { kind: 'limit_reached', runId: ids.run, message: 'used up', resetsAt: '2026-01-08T05:00:00.000Z' },
    ...END,
    { kind: 'queue_held', reason: 'limit', by: person },
  ];
  expect(foldSession(toLog(limited)).limit).toMatchObject({ promptId: ids.prompt, message: 'used up' });
  expect(foldSession(toLog(limited)).limit?.isTakenOver).toBeUndefined();
  const removed = { kind: 'prompt_removed', commandId: newId(RequestId), promptId: ids.queued, by: person };
  expect(foldSession(toLog([...limited, removed]))).toMatchObject({
    queue: [],
    queueHold: undefined,
    limit: { isTakenOver: true },
  });
});

describe('[OPT5] what was chosen', () => {
  const chose = (option: object) => ({ kind: 'option_changed', commandId: ids.prompt, by: person, option });
  const starting = { kind: 'status', state: 'starting', message: 'Starting' };
  const ready = { kind: 'agent_ready', name: 'Agent' };
  const says = (currentModeId: string) => ({ kind: 'current_mode_update', currentModeId });
  const optionsAfter = (...bodies: { kind: string; [field: string]: unknown }[]) => foldSession(toLog(bodies)).options;

  it('is the last of each kind, in the order of the choices', () => {
    const fast = { type: 'config', configId: 'fast', value: true };
    const mode = { type: 'mode', modeId: 'plan' };
    const choices = [
      chose({ type: 'mode', modeId: 'code' }),
      chose(fast),
      chose({ ...fast, configId: 'x' }),
      chose(mode),
    ];
    expect(optionsAfter(...choices)).toEqual([fast, { ...fast, configId: 'x' }, mode]);
  });

  it('follows the agent that is ready, and not the default of one that starts', () => {
    const plan = chose({ type: 'mode', modeId: 'plan' });
    expect(optionsAfter(starting, ready, plan, says('code'))).toEqual([{ type: 'mode', modeId: 'code' }]);
    expect(optionsAfter(starting, ready, plan, starting, says('code'))).toEqual([{ type: 'mode', modeId: 'plan' }]);
    expect(optionsAfter(starting, ready, says('code'))).toEqual([]);
  });
});

it('[AGT3] knows what the last start of the agent said of its sign-in', () => {
  const signIn = { methods: [{ id: 'm', name: 'Method' }] };
  const needed = { kind: 'error', code: 'AGENT_AUTH_REQUIRED', message: 'no', signIn };
  const rejected = { kind: 'command_rejected', commandId: ids.prompt, code: 'AGENT_AUTH_REQUIRED', signIn };
  for (const event of [needed, rejected]) {
    expect(foldSession(toLog([event])).signIn).toMatchObject({ isNeeded: true, signIn });
    expect(foldSession(toLog([event, { kind: 'agent_ready', name: 'A' }])).signIn).toMatchObject({ isNeeded: false });
  }
});
