import {
  type CommandHandle,
  type Connection,
  createConversation,
  type ElicitationReply,
  type PromptInput,
} from '@konui/client';
import type { SessionOption } from '@konui/protocol';
import type { QueueChange, QueueOutcome } from '../features/docks/queue/queue-outcome.ts';
import type { Store } from '../ui/use-store.ts';
import { agentOffers } from './agent-offers.ts';
import type { ConversationView } from './conversation-view.ts';
import type { LastChances } from './copy-keeper.ts';
import { FollowedHistory } from './followed-history.ts';
import type { FetchHistory, HistoryCache } from './load-tail.ts';
import { createOptionChanges } from './option-changes.ts';
import { answersIn, stopIn } from './pending-asks.ts';
import { createQueueChanges } from './queue-changes.ts';
import { startingPrompt } from './starting-prompt.ts';

export interface ConversationStore extends Store<ConversationView> {
  /** Follows the session until the answer is called; what was read is kept and followed on from there. */
  readonly open: () => () => void;
  /** Shows more of what was before; resolves when it is there, or could not be fetched. */
  readonly loadEarlier: () => Promise<void>;
  /** Shows what was before until the event of this seq is there; false where it could not be fetched. */
  readonly loadUntil: (seq: number) => Promise<boolean>;
  readonly send: (content: PromptInput) => void;
  /** Sends it, and where it would have to wait, ends the open run for it (QUE4). */
  readonly sendNow: (content: PromptInput) => void;
  /** Queues a prompt anew, before another one that waits; null: at the end. */
  readonly requeue: (content: PromptInput, before: string | null) => void;
  /** Starts the agent where it has not said yet what it offers. */
  readonly prepare: () => void;
  /** Starts the agent anew after it has exited. */
  readonly resume: () => void;
  readonly configure: (option: SessionOption) => void;
  readonly stop: () => void;
  /** `message` tells the agent why; agents that take none are not told. */
  readonly answer: (requestId: string, optionId: string, message?: string) => void;
  readonly answerQuestion: (requestId: string, reply: ElicitationReply) => void;
  /** Resolves when the log says what became of it. Never rejects. */
  readonly changeQueue: (change: QueueChange) => Promise<QueueOutcome>;
  /** Takes a refusal off the page. */
  readonly dismiss: (commandId: string) => void;
}

/** Calls `draw` once, when the page is drawn next; the answer cancels it. */
export type Schedule = (draw: () => void) => () => void;

export interface ConversationStoreOptions {
  readonly connection: Connection;
  /** `api.sessions.history`. */
  readonly fetchHistory: (sessionId: string, ...page: Parameters<FetchHistory>) => ReturnType<FetchHistory>;
  /** Where ends of sessions are kept for reading without a network. Default: nowhere. */
  readonly historyCache?: HistoryCache;
  /** Default: none. */
  readonly onLastChance?: LastChances;
  readonly schedule: Schedule;
  /** Default: `Date.now`. */
  readonly now?: () => number;
}

/** One session as a store: its end first, what was before on demand. Events are applied together once a frame, however fast they come. */
export function createConversationStore(sessionId: string, options: ConversationStoreOptions): ConversationStore {
  const { connection, fetchHistory, historyCache, schedule, now = Date.now } = options;
  const listeners = new Set<() => void>();
  let view: ConversationView = {
    phase: 'loading',
    conversation: createConversation(),
    hasEarlier: false,
    isLoadingEarlier: false,
    isFromCache: false,
    pending: connection.pending(sessionId),
    refusals: [],
    stopAskedFor: stopIn(connection.pending(sessionId)),
    answering: answersIn(connection.pending(sessionId)),
    optionChanges: [],
    lastSignMs: undefined,
    isConnected: connection.state.state === 'live',
  };
  const queueChanges = createQueueChanges({
    send: (change) => connection.changeQueue(sessionId, change),
    version: () => view.conversation.queueVersion,
  });
  const optionChanges = createOptionChanges({
    send: (option) => connection.configure(sessionId, option),
    onChange: (all) => change({ optionChanges: all }),
  });
  /** What is to be done with prompts of this page once they wait. */
  const onceQueued = new Map<string, (promptId: string) => QueueChange | undefined>();
  let isPrepared = false;
  /** When the last event came while the page watched. */
  let signMs: number | undefined;
  let users = 0;
  let close: (() => void) | undefined;
  let cancelDraw: (() => void) | undefined;

  const change = (next: Partial<ConversationView>): void => {
    view = { ...view, ...next };
    drawSoon();
  };
  const drawSoon = (): void => {
    cancelDraw ??= schedule(draw);
  };
  const draw = (): void => {
    cancelDraw = undefined;
    apply();
    listeners.forEach((listener) => listener());
  };
  const history = new FollowedHistory({
    sessionId,
    connection,
    fetchHistory: (page, signal) => fetchHistory(sessionId, page, signal),
    cache: historyCache,
    onLastChance: options.onLastChance ?? (() => () => undefined),
    onShown: () => change(history.shown),
    onArrival(isNews) {
      if (isNews) signMs = now();
      drawSoon();
    },
    onFailure: (phase) => change({ phase }),
  });
  const apply = (): void => {
    const events = history.apply();
    const { conversation } = history.shown;
    if (conversation.lastSeq < view.conversation.lastSeq) signMs = undefined;
    const { pendingPermissions, pendingElicitations } = conversation;
    const isOpen = (requestId: string): boolean =>
      [...pendingPermissions, ...pendingElicitations].some((pending) => pending.requestId === requestId);
    // What was answered before a reload waits for the history, too.
    const onTheirWay = answersIn(view.pending);
    const isAnswered = (requestId: string): boolean => isOpen(requestId) || onTheirWay.has(requestId);
    const isAllOpen = [...view.answering].every(isAnswered);
    const answering = isAllOpen ? view.answering : new Set([...view.answering].filter(isAnswered));
    const lastAt = history.lastAt;
    const lastSignMs = signMs ?? (lastAt === undefined ? undefined : Date.parse(lastAt));
    view = { ...view, conversation, answering, lastSignMs };
    if (conversation.run !== undefined && view.stopAskedFor === conversation.run.promptId)
      abort(conversation.run.runId);
    // What was asked for is answered together with what can be seen.
    events.forEach(queueChanges.onEvent);
    events.forEach(optionChanges.onEvent);
    for (const { kind, commandId } of events) {
      const next = typeof commandId === 'string' ? onceQueued.get(commandId) : undefined;
      if (typeof commandId !== 'string' || next === undefined) continue;
      onceQueued.delete(commandId);
      const change = kind === 'prompt_queued' ? next(commandId) : undefined;
      if (change !== undefined) void queueChanges.request(change);
    }
  };

  const lookAtPending = (): void => {
    const pending = connection.pending(sessionId);
    const before = answersIn(view.pending);
    const others = [...view.answering].filter((requestId) => !before.has(requestId));
    change({ pending, answering: new Set([...others, ...answersIn(pending)]) });
  };

  const follow = (): (() => void) => {
    const unfollow = history.open();
    const unsubscribePending = connection.onPendingChange((changedId) => {
      if (changedId === sessionId) lookAtPending();
    });
    const unsubscribeState = connection.onState(({ state }) => change({ isConnected: state === 'live' }));
    change({ isConnected: connection.state.state === 'live' });
    lookAtPending();
    return () => {
      apply();
      unfollow();
      unsubscribePending();
      unsubscribeState();
      cancelDraw?.();
      cancelDraw = undefined;
    };
  };

  const refuse = (commandId: string, message: string, content?: PromptInput): void => {
    change({ refusals: [...view.refusals, { commandId, message, content }] });
  };

  const send = (content: PromptInput): string => {
    const { commandId, settled } = connection.send(sessionId, content);
    void settled.then((outcome) => {
      if (outcome.state !== 'accepted') refuse(commandId, outcome.message, content);
    });
    return commandId;
  };

  const abort = (runId: string): void => {
    change({ stopAskedFor: runId });
    const { commandId, settled } = connection.abort(sessionId, { runId });
    void settled.then((outcome) => {
      if (outcome.state === 'accepted') return;
      change({ stopAskedFor: undefined });
      if (outcome.state !== 'refused' || outcome.code !== 'NO_ACTIVE_RUN') refuse(commandId, outcome.message);
    });
  };

  const answerOnce = (requestId: string, tooLate: string, send: () => CommandHandle): void => {
    if (view.answering.has(requestId)) return;
    change({ answering: new Set([...view.answering, requestId]) });
    const { commandId, settled } = send();
    void settled.then((outcome) => {
      if (outcome.state === 'accepted') return;
      change({ answering: new Set([...view.answering].filter((other) => other !== requestId)) });
      // Somebody else was faster: the log shows who.
      if (outcome.state !== 'refused' || outcome.code !== tooLate) refuse(commandId, outcome.message);
    });
  };

  return {
    get: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open() {
      users += 1;
      close ??= follow();
      return () => {
        users -= 1;
        if (users > 0) return;
        close?.();
        close = undefined;
      };
    },
    loadEarlier: () => history.loadEarlier(),
    loadUntil: (seq) => history.loadUntil(seq),
    send: (content) => void send(content),
    sendNow: (content) => void onceQueued.set(send(content), (promptId) => ({ action: 'send_now', promptId })),
    requeue(content, before) {
      const isThere = (): boolean => view.conversation.queue.some(({ promptId }) => promptId === before);
      onceQueued.set(send(content), (promptId) =>
        before !== null && isThere() ? { action: 'move', promptId, before } : undefined,
      );
    },
    prepare() {
      if (isPrepared || view.phase !== 'ready' || view.conversation.run !== undefined) return;
      if (agentOffers(view.conversation).isKnown) return;
      isPrepared = true;
      // Nobody asked for it: where it fails, the first prompt will say so.
      connection.prepare(sessionId);
    },
    resume() {
      const { commandId, settled } = connection.prepare(sessionId);
      void settled.then((outcome) => {
        if (outcome.state !== 'accepted') refuse(commandId, outcome.message);
      });
    },
    configure: optionChanges.request,
    stop() {
      const { run } = view.conversation;
      if (run === undefined) change({ stopAskedFor: startingPrompt(view)?.commandId ?? view.stopAskedFor });
      else if (view.stopAskedFor !== run.runId) abort(run.runId);
    },
    answer(requestId, optionId, message) {
      const choice = message === undefined ? { optionId } : { optionId, message };
      answerOnce(requestId, 'PERMISSION_NOT_FOUND', () => connection.answerPermission(sessionId, requestId, choice));
    },
    answerQuestion(requestId, reply) {
      answerOnce(requestId, 'ELICITATION_NOT_FOUND', () => connection.answerElicitation(sessionId, requestId, reply));
    },
    changeQueue: queueChanges.request,
    dismiss(commandId) {
      change({ refusals: view.refusals.filter((refusal) => refusal.commandId !== commandId) });
    },
  };
}
