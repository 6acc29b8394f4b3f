import type { ReactNode } from 'react';
import { createConversation, type PendingCommand } from '@konui/client';
import { type PendingElicitation, PromptId, type QueuedPrompt, RequestId, RunId, SessionId } from '@konui/protocol';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { NotConnected } from '../../gallery/not-connected.tsx';
import { LeftoverReasons } from './leftover-reasons.tsx';
import { LimitDock } from './limit/limit-dock.tsx';
import { NoticeDock } from './notice/notice-dock.tsx';
import type { SessionNotice } from './notice/session-notice.ts';
import { OutboxDock } from './outbox-dock.tsx';
import type { AnswerDrafts } from './question/answer-drafts.ts';
import { QuestionDock } from './question/question-dock.tsx';
import { QueueDock } from './queue/queue-dock.tsx';
import { RunStatusLine } from './run-status-line.tsx';
import { ALL_RIGHTS, OwnRightsProvider } from '../../ui/own-rights.ts';

const nothing = () => undefined;
const done = () => Promise.resolve();
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const at = '2026-01-01T10:00:00.000Z';

function waiting(n: number, text: string, more: Partial<QueuedPrompt> = {}): QueuedPrompt {
  return {
    promptId: PromptId.parse(id(n)),
    origin: { type: 'person' },
    content: [{ type: 'text', text }],
    at,
    ...more,
  };
}
const queue = [
  waiting(1, 'Run the tests and fix what fails'),
  waiting(
    2,
    'Then write the notes of the version, with every change that a person who uses it would notice, in one list',
    {
      origin: { type: 'inject', name: 'release.sh' },
    },
  ),
  waiting(3, 'Look at this', {
    content: [
      { type: 'text', text: 'Look at this' },
      { type: 'resource_link', uri: 'file:///a', name: 'a' },
    ],
  }),
];

function Queue({
  hold,
  isRunning = true,
  prompts = queue,
}: {
  hold?: string;
  isRunning?: boolean;
  prompts?: typeof queue;
}) {
  return (
    <QueueDock
      queue={prompts}
      hold={hold === 'stopped' || hold === 'limit' ? { reason: hold, at } : undefined}
      isRunning={isRunning}
      onChange={() => Promise.resolve({ state: 'done' })}
      onSendAsNew={nothing}
      onRequeue={nothing}
      onFocusLost={nothing}
    />
  );
}

const colour = {
  type: 'string',
  title: 'Colour',
  oneOf: [
    { const: 'red', title: 'Red', description: 'Warm and loud' },
    { const: 'blue', title: 'Blue', description: 'Cool and calm' },
  ],
};
const form: PendingElicitation = {
  requestId: RequestId.parse(id(10)),
  runId: RunId.parse(id(11)),
  seq: 1,
  at,
  message: 'How shall the new page look?',
  requestedSchema: {
    properties: {
      name: { type: 'string', title: 'Name', description: 'What it is called', minLength: 2 },
      colour,
      parts: {
        type: 'array',
        title: 'Parts',
        items: {
          anyOf: [
            { const: 'header', title: 'Header' },
            { const: 'footer', title: 'Footer' },
          ],
        },
        minItems: 1,
      },
      columns: { type: 'integer', title: 'Columns', default: 2 },
      day: { type: 'string', title: 'From', format: 'date' },
      isDark: { type: 'boolean', title: 'Dark', default: true },
    },
    required: ['name', 'colour', 'parts'],
  },
};
const single: PendingElicitation = {
  ...form,
  message: 'Which colour?',
  requestedSchema: { properties: { colour } },
};

function draftOf(values: Record<string, string> | undefined): AnswerDrafts {
  return { read: () => values, write: nothing, forget: nothing };
}

function Question({
  question,
  draft,
  isAnswering = false,
}: {
  question: PendingElicitation;
  draft?: Record<string, string>;
  isAnswering?: boolean;
}) {
  return (
    <QuestionDock
      question={question}
      others={question === single ? 2 : 0}
      hasKeys={false}
      isAnswering={isAnswering}
      drafts={draftOf(draft)}
      onAnswer={nothing}
    />
  );
}

function Notice({ notice }: { notice: SessionNotice }): ReactNode {
  return <NoticeDock notice={notice} onUnarchive={done} onResume={nothing} onSignIn={done} onSendAgain={nothing} />;
}

function pendingPrompt(n: number, text: string): PendingCommand {
  const sessionId = SessionId.parse(id(9));
  const frame = { type: 'chat.send' as const, sessionId, clientMessageId: PromptId.parse(id(n)), content: text };
  return { commandId: id(n), sessionId, type: 'chat.send', state: 'waiting', at: 0, frame };
}

const run = { runId: id(11), promptId: id(1), startedAt: at, isStopping: false };

interface StatusProps {
  readonly isSilent?: boolean;
  readonly retrying?: string;
}

function Status({ isSilent = false, retrying }: StatusProps): ReactNode {
  // Of long ago: it says the same time in every picture for years.
  const conversation = {
    ...createConversation(),
    run,
    retrying: retrying === undefined ? undefined : { message: retrying, at: new Date().toISOString() },
  };
  return (
    <RunStatusLine
      conversation={{ ...conversation, run: { ...run, startedAt: new Date().toISOString() } }}
      isStopAsked={false}
      startingSinceMs={undefined}
      lastSignMs={isSilent ? Date.now() - 45_000 : undefined}
    />
  );
}

function Limit({ resetsInMs, resumes = false }: { resetsInMs?: number; resumes?: boolean }): ReactNode {
  const resetsAt = resetsInMs === undefined ? undefined : new Date(Date.now() + resetsInMs).toISOString();
  return (
    <LimitDock
      limit={{ promptId: id(1), message: '', at, ...(resetsAt === undefined ? {} : { resetsAt }) }}
      resumesAt={resumes ? resetsAt : undefined}
      resumesByItself={resumes}
      onResumeByItself={done}
      onSendAgain={nothing}
    />
  );
}
const HOURS_MS = 3 * 60 * 60 * 1000 + 20_000;

export const gallery = defineGallery({
  name: 'docks',
  states: {
    queue: () => <Queue />,
    'queue-held': () => <Queue hold="stopped" isRunning={false} />,
    'queue-one': () => <Queue prompts={queue.slice(0, 1)} />,
    'queue-right-to-left': () => (
      <Queue prompts={[waiting(1, 'הרץ את הבדיקות ותקן את מה שנכשל, ואז כתוב את הערות הגרסה'), ...queue.slice(0, 1)]} />
    ),
    'leftover-reason': () => (
      <LeftoverReasons
        drafts={[{ sessionId: id(9), requestId: id(10), text: 'Use the cache of the last build,\nand only then npm.' }]}
        items={[]}
        onSend={nothing}
        onForget={nothing}
      />
    ),
    question: () => <Question question={form} />,
    'question-half-filled': () => <Question question={form} draft={{ name: 'Orders', colour: 'blue', columns: '3' }} />,
    'question-one-press': () => <Question question={single} />,
    'question-answering': () => <Question question={single} isAnswering />,
    'question-without-the-right': () => (
      <OwnRightsProvider value={{ ...ALL_RIGHTS, answer: false }}>
        <Question question={form} />
      </OwnRightsProvider>
    ),
    'limit-known': () => <Limit resetsInMs={HOURS_MS} />,
    'limit-resumes': () => <Limit resetsInMs={HOURS_MS} resumes />,
    'limit-past': () => <Limit resetsInMs={-HOURS_MS} />,
    'limit-unknown': () => <Limit />,
    outbox: () => (
      <OutboxDock
        pending={[pendingPrompt(1, 'Run the tests'), pendingPrompt(2, 'And tell me what failed')]}
        isConnected={false}
      />
    ),
    archived: () => <Notice notice={{ type: 'archived' }} />,
    'agent-exited': () => <Notice notice={{ type: 'agent_exited' }} />,
    'not-responding': () => <Notice notice={{ type: 'not_responding' }} />,
    'storage-full': () => <Notice notice={{ type: 'storage_full' }} />,
    'storage-failed': () => <Notice notice={{ type: 'storage_failed' }} />,
    'sign-in': () => (
      <Notice
        notice={{
          type: 'sign_in',
          message: 'Invalid API key. Please run /login.',
          signIn: {
            command: ['agent', 'auth', 'login'],
            methods: [{ id: 'browser', name: 'Sign in with the browser', description: 'Opens a page' }],
          },
        }}
      />
    ),
    'run-starting': () => (
      <RunStatusLine
        conversation={createConversation()}
        isStopAsked={false}
        startingSinceMs={Date.now()}
        lastSignMs={undefined}
      />
    ),
    'run-working': () => <Status />,
    'run-silent': () => <Status isSilent />,
    'run-cut-off': () => (
      <NotConnected untilMs={Date.now()}>
        <Status />
      </NotConnected>
    ),
    'run-retrying': () => <Status retrying="the model is overloaded (529)" />,
  },
});
