import type { CommandOutcome, Connection, PendingCommand, SubscribeOptions } from '@konui/client';
import {
  foldSession,
  type HistoryAnswer,
  type KonuiError,
  mergeEvents,
  type SessionEvent,
  toSessionSnapshot,
} from '@konui/protocol';
import { createConversationStore } from '../conversation-store.ts';

export const NOW = Date.parse('2030-01-01T00:00:00.000Z');
const SESSION = '00000000-0000-4000-8000-000000000001';
export const RUN = '00000000-0000-4000-8000-000000000002';
export const PROMPT = '00000000-0000-4000-8000-000000000003';
export const REQUEST = '00000000-0000-4000-8000-000000000004';
export const at = '2026-01-01T00:00:00.000Z';
export const event = (seq: number, kind: string, fields: Record<string, unknown> = {}) => ({
  seq,
  sessionId: SESSION,
  kind,
  at,
  ...fields,
});
export const prompt = event(1, 'prompt', {
  promptId: PROMPT,
  commandId: PROMPT,
  origin: { type: 'person' },
  content: [{ type: 'text', text: 'hello' }],
});
export const runStarted = event(2, 'run_started', { runId: RUN, promptId: PROMPT });
export const chunk = (seq: number, text: string) =>
  event(seq, 'agent_message_chunk', { content: { type: 'text', text } });
export const permission = event(3, 'permission_request', {
  requestId: REQUEST,
  runId: RUN,
  toolCall: { toolCallId: 't' },
  options: [{ optionId: 'yes', name: 'Yes', kind: 'allow_once' }],
});

/** The last `count` events below `before`, as a host answers. */
export function pageOf(log: readonly SessionEvent[], before: number | undefined, count: number): HistoryAnswer {
  const below = log.filter(({ seq }) => seq < (before ?? Infinity));
  const events = mergeEvents(below.slice(-count));
  const [first] = events;
  const firstSeq = first?.firstSeq ?? first?.seq ?? 0;
  const rest = { earlierTools: [], context: [], events };
  const head = { epoch: 'e1', lastSeq: log.length, firstSeq, more: firstSeq > 1 };
  return before === undefined ? { ...head, ...rest, state: toSessionSnapshot(foldSession(log)) } : { ...head, ...rest };
}

interface WireOptions {
  readonly log?: readonly SessionEvent[];
  /** Events of a page. */
  readonly count?: number;
  readonly cached?: HistoryAnswer;
  readonly pending?: readonly PendingCommand[];
}

/** A connection whose server is the test, with a log that its history is of. */
export function createWire({ log = [], count = 100, cached, pending = [] }: WireOptions = {}) {
  const history = { log, failWith: undefined as KonuiError | undefined, asked: 0 };
  const seen: SessionEvent[] = [];
  const left: number[] = [];
  let onNotice: ((frame: { notice: string }) => void) | undefined;
  const subscriptions: SubscribeOptions[] = [];
  const sent: { what: string; settle: (outcome: CommandOutcome) => void }[] = [];
  const handle = (what: string) => {
    const { promise, resolve } = Promise.withResolvers<CommandOutcome>();
    sent.push({ what, settle: resolve });
    return { commandId: `command ${sent.length}`, settled: promise };
  };
  const nothing = () => () => undefined;
  const connection: Connection = {
    state: { state: 'closed' },
    onState: nothing,
    connect: () => undefined,
    retry: () => undefined,
    close: () => undefined,
    subscribe: (_, options) => {
      subscriptions.push(options);
      return Object.assign(() => left.push(subscriptions.length), { cursor: () => ({ seq: 2, epoch: 'e1' }) });
    },
    send: (_, content) => handle(`send ${JSON.stringify(content)}`),
    abort: (_, options) => handle(`abort ${options?.runId}`),
    answerPermission: (_, requestId, choice) => handle(['answer', requestId, ...Object.values(choice)].join(' ')),
    answerElicitation: (_, requestId, reply) => handle(`reply ${requestId} ${reply.action}`),
    changeQueue: (_, change) => handle(`queue ${JSON.stringify(change)}`),
    prepare: () => handle('prepare'),
    configure: (_, option) => handle(`configure ${JSON.stringify(option)}`),
    setVisibility: () => undefined,
    pending: () => [...pending],
    onPendingChange: nothing,
    missingEvents: () => 0,
    heardAtMs: () => undefined,
    sawEvents: (events) => seen.push(...events),
    onFrame: (kind, listener) => {
      if (kind === 'server_notice') onNotice = listener as typeof onNotice;
      return () => undefined;
    },
  };
  const draws: (() => void)[] = [];
  const store = createConversationStore(SESSION, {
    connection,
    async fetchHistory(_, { before }) {
      history.asked += 1;
      if (history.failWith !== undefined) throw history.failWith;
      return pageOf(history.log, before, count);
    },
    historyCache: { readTail: async () => cached, writeTail: async () => undefined },
    now: () => NOW,
    schedule(draw) {
      draws.push(draw);
      return () => draws.splice(draws.indexOf(draw), 1);
    },
  });
  const draw = () => draws.splice(0).forEach((each) => each());
  return {
    store,
    history,
    seen,
    left,
    subscriptions,
    sent,
    draw,
    hostIsBack: () => onNotice?.({ notice: 'host_back' }),
    receive: (...events: ReturnType<typeof event>[]) =>
      events.forEach((each) => subscriptions.at(-1)?.onEvent(each, JSON.stringify(each))),
  };
}

/** A session whose run is open and drawn. */
export async function createRunning() {
  const wire = createWire({ log: [prompt, runStarted] });
  wire.store.open();
  await settled();
  wire.subscriptions.at(-1)?.onCaughtUp?.();
  wire.draw();
  return wire;
}

export const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
