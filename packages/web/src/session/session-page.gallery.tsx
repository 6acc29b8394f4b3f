import type { ReactNode } from 'react';
import { createConversation, type PendingCommand, reduceConversationEvents } from '@konui/client';
import { PromptId, Provider, type SessionEvent, SessionId, type SessionInfo } from '@konui/protocol';
import { createComposerStore } from '../features/composer/composer-store.ts';
import { defineGallery } from '../gallery/define-gallery.ts';
import { NotConnected } from '../gallery/not-connected.tsx';
import { sampleSession } from '../gallery/sample-sessions.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { ConversationView } from './conversation-view.ts';
import { SessionDocks } from './session-docks.tsx';
import { SessionPage } from './session-page.tsx';
import type { SessionServices } from './session-services.ts';

const nothing = () => undefined;
const never = () => new Promise<never>(nothing);
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const SESSION = SessionId.parse(id(1));
const RUN = id(2);
const PROMPT = id(3);
const now = new Date().toISOString();
const NO_REASONS: readonly never[] = [];

const session = sampleSession(1, 'Fix the login on phones', {
  provider: Provider.parse('demo'),
  createdAt: now,
  updatedAt: now,
  lastSeq: 0,
  epoch: null,
});

type Body = { readonly kind: string; readonly [field: string]: unknown };
const text = (words: string) => [{ type: 'text', text: words }];
const person = { type: 'person' };
const prompt: Body = {
  kind: 'prompt',
  promptId: PROMPT,
  commandId: PROMPT,
  origin: person,
  content: text('The login does nothing on a phone. Find out why and fix it.'),
};
const started: Body = { kind: 'run_started', runId: RUN, promptId: PROMPT };
const says = (words: string): Body => ({ kind: 'agent_message_chunk', content: { type: 'text', text: words } });
const answer = says('The button was covered by a **hidden layer**. I removed it in `login.css`, and the test passes.');
const tool: Body = {
  kind: 'tool_call',
  toolCallId: 't',
  title: 'npm test',
  toolKind: 'execute',
  status: 'in_progress',
  rawInput: { command: 'npm test' },
};
const complete = (stopReason = 'end_turn', more: Partial<Body> = {}): Body => ({
  kind: 'complete',
  runId: RUN,
  actualSessionId: SESSION,
  stopReason,
  exitCode: stopReason === 'end_turn' ? 0 : 1,
  success: stopReason === 'end_turn',
  aborted: stopReason === 'cancelled',
  usage: { inputTokens: 12_400, outputTokens: 900, totalTokens: 13_300 },
  ...more,
});
const usage: Body = { kind: 'usage_update', used: 41_000, size: 200_000, cost: { amount: 0.31, currency: 'USD' } };
const ready: Body = {
  kind: 'agent_ready',
  name: 'demo',
  modes: {
    currentModeId: 'ask',
    availableModes: [
      { id: 'ask', name: 'Ask before edits' },
      { id: 'edit', name: 'Edit freely' },
    ],
  },
  models: { currentModelId: 'large', availableModels: [{ modelId: 'large', name: 'Large' }] },
  promptCapabilities: { image: true },
};
const error = (code: string, message: string, more: Partial<Body> = {}): Body => ({
  kind: 'error',
  code,
  message,
  runId: RUN,
  ...more,
});
const queued = (n: number, words: string): Body => ({
  kind: 'prompt_queued',
  promptId: id(n),
  commandId: id(n),
  origin: person,
  content: text(words),
});

interface Shown {
  readonly events?: readonly Body[];
  readonly session?: Partial<SessionInfo>;
  readonly view?: Partial<ConversationView>;
}

function servicesOf(view: ConversationView): SessionServices {
  const store: ConversationStore = {
    get: () => view,
    subscribe: () => nothing,
    open: () => nothing,
    loadEarlier: () => Promise.resolve(),
    loadUntil: () => Promise.resolve(true),
    send: nothing,
    sendNow: nothing,
    requeue: nothing,
    prepare: nothing,
    resume: nothing,
    configure: nothing,
    stop: nothing,
    answer: nothing,
    answerQuestion: nothing,
    changeQueue: () => Promise.resolve({ state: 'done' }),
    dismiss: nothing,
  };
  const drafts = { read: () => '', write: nothing, readFiles: () => [], writeFiles: nothing };
  const composer = createComposerStore(SESSION, { drafts, upload: never, deliver: nothing, newKey: () => id(99) });
  return {
    api: {
      sessions: { attachment: never, change: never, events: never, remove: never },
      agents: { authenticate: never },
    },
    connection: { setVisibility: nothing },
    conversations: { of: () => store },
    composers: { of: () => composer },
    answers: { read: nothing, write: nothing, forget: nothing },
    reasons: { get: () => NO_REASONS, subscribe: () => nothing, write: nothing },
    docks: { now: SessionDocks, load: () => Promise.resolve(SessionDocks) },
    readMarks: { markRead: nothing },
    toasts: { show: nothing },
  };
}

function Page({ events = [], session: over = {}, view = {} }: Shown): ReactNode {
  const log: SessionEvent[] = events.map((body, index) => ({ seq: index + 1, sessionId: SESSION, at: now, ...body }));
  const whole: ConversationView = {
    phase: 'ready',
    conversation: reduceConversationEvents(createConversation(), log),
    hasEarlier: false,
    isLoadingEarlier: false,
    isFromCache: false,
    pending: [],
    refusals: [],
    stopAskedFor: undefined,
    answering: new Set(),
    optionChanges: [],
    lastSignMs: Date.now(),
    isConnected: true,
    ...view,
  };
  return (
    <main className="session-alone">
      <SessionPage services={servicesOf(whole)} sessionId={SESSION} session={{ ...session, ...over }} />
    </main>
  );
}

const pending: PendingCommand = {
  commandId: id(8),
  sessionId: SESSION,
  type: 'chat.send',
  state: 'waiting',
  at: 0,
  frame: { type: 'chat.send', sessionId: SESSION, clientMessageId: PromptId.parse(id(8)), content: 'And the tests?' },
};
const permission: Body = {
  kind: 'permission_request',
  requestId: id(5),
  runId: RUN,
  toolCall: { toolCallId: 't', title: 'npm test', kind: 'execute', rawInput: { command: 'npm test' } },
  options: [
    { optionId: 'a', name: 'Allow', kind: 'allow_once' },
    { optionId: 'b', name: 'Always allow', kind: 'allow_always' },
    { optionId: 'c', name: 'Reject', kind: 'reject_once' },
  ],
};
const manyAnswers: Body = {
  ...permission,
  options: Array.from({ length: 14 }, (_, index) => ({
    optionId: `option-${index}`,
    name: `Allow in the folder packages/part-${index + 1}`,
    kind: 'allow_always',
  })),
};
const question: Body = {
  kind: 'elicitation_request',
  requestId: id(6),
  runId: RUN,
  message: 'Which browsers matter?',
  requestedSchema: { properties: { which: { type: 'string', title: 'Which', enum: ['All', 'The newest only'] } } },
};
const running = [ready, prompt, started];

export const gallery = defineGallery({
  name: 'session-page',
  isAlone: true,
  states: {
    empty: () => <Page />,
    loading: () => <Page view={{ phase: 'loading' }} />,
    starting: () => (
      <Page
        session={{ status: 'working' }}
        events={[prompt, started, { kind: 'status', state: 'starting', runId: RUN, message: 'installing the agent' }]}
      />
    ),
    running: () => <Page session={{ status: 'working' }} events={[...running, says('I look at it.'), tool]} />,
    'running-not-connected': () => (
      <NotConnected untilMs={Date.now()}>
        <Page
          session={{ status: 'working' }}
          events={[...running, says('I look at it.'), tool]}
          view={{ isConnected: false }}
        />
      </NotConnected>
    ),
    'needs-permission-not-connected': () => (
      <NotConnected untilMs={Date.now()}>
        <Page session={{ status: 'waiting' }} events={[...running, tool, permission]} view={{ isConnected: false }} />
      </NotConnected>
    ),
    queued: () => (
      <Page
        session={{ status: 'working', queuedPrompts: 2 }}
        events={[...running, says('I look at it.'), queued(20, 'Then run the tests'), queued(21, 'And commit it')]}
      />
    ),
    'needs-permission': () => <Page session={{ status: 'waiting' }} events={[...running, tool, permission]} />,
    'needs-one-of-many-answers': () => (
      <Page
        session={{ status: 'waiting', queuedPrompts: 2 }}
        events={[...running, tool, queued(20, 'Then run the tests'), queued(21, 'And commit it'), manyAnswers]}
      />
    ),
    'needs-answer': () => <Page session={{ status: 'waiting' }} events={[...running, question]} />,
    'limit-reached': () => (
      <Page
        events={[...running, { kind: 'limit_reached', runId: RUN, message: 'Used up.' }, complete('error')]}
        session={{ limit: { resetsAt: null, resumesAt: null } }}
      />
    ),
    retrying: () => (
      <Page
        session={{ status: 'working' }}
        events={[...running, { kind: 'retrying', runId: RUN, message: 'the model is overloaded (529)' }]}
      />
    ),
    finished: () => <Page events={[...running, answer, usage, complete()]} />,
    error: () => (
      <Page
        events={[...running, error('AGENT_ERROR', 'The model answered 500: internal error'), complete('error')]}
        session={{ lastRun: { stopReason: 'error', success: false, aborted: false } }}
      />
    ),
    cancelled: () => <Page events={[...running, says('I look'), complete('cancelled')]} />,
    'agent-exited': () => (
      <Page events={[...running, error('AGENT_EXITED', 'exit code 3'), complete('agent_exited')]} />
    ),
    archived: () => <Page session={{ archived: true }} events={[...running, answer, complete()]} />,
    'not-signed-in': () => (
      <Page
        events={[
          prompt,
          started,
          error('AGENT_AUTH_REQUIRED', 'Invalid API key', {
            signIn: { methods: [], command: ['agent', 'auth', 'login'] },
          }),
          complete('error'),
        ]}
      />
    ),
    'not-responding': () => <Page session={{ status: 'not_responding' }} events={running} />,
    offline: () => <Page events={[...running, answer, complete()]} view={{ isConnected: false, pending: [pending] }} />,
    refused: () => (
      <Page
        events={[...running, answer, complete()]}
        view={{
          refusals: [
            { commandId: id(9), message: 'more than 100 prompts of this session wait', content: 'One more thing' },
          ],
        }}
      />
    ),
    gone: () => <Page view={{ phase: 'gone' }} />,
    failed: () => <Page view={{ phase: 'failed' }} />,
  },
});
