import {
  type Connection,
  type ConversationState,
  createConversation,
  type PendingCommand,
  type PromptInput,
  reduceConversationEvents,
} from '@konui/client';
import type { Cursor, SessionEvent } from '@konui/protocol';
import type { Store } from '../ui/use-store.ts';

/** A command that came to nothing, to be told and, where it was a prompt, offered again. */
export interface Refusal {
  readonly commandId: string;
  readonly message: string;
  readonly content: PromptInput | undefined;
}

/** Everything that the page of a session shows. */
export interface ConversationView {
  /** `loading` until all events up to now are there; `missing` and `gone` say that there will be none. */
  readonly phase: 'loading' | 'ready' | 'missing' | 'gone' | 'failed';
  readonly conversation: ConversationState;
  /** Commands that no event has answered yet. */
  readonly pending: readonly PendingCommand[];
  readonly refusals: readonly Refusal[];
  /** The run that this page asked to stop. */
  readonly stopAskedFor: string | undefined;
  /** Permissions that this page has answered and that are still open. */
  readonly answering: ReadonlySet<string>;
}

export interface ConversationStore extends Store<ConversationView> {
  /** Follows the session until the answer is called; what was read is kept and followed on from there. */
  readonly open: () => () => void;
  readonly send: (content: PromptInput) => void;
  readonly stop: () => void;
  readonly answer: (requestId: string, optionId: string) => void;
  /** Takes a refusal off the page. */
  readonly dismiss: (commandId: string) => void;
}

/** Calls `draw` once, when the page is drawn next; the answer cancels it. */
export type Schedule = (draw: () => void) => () => void;

/** One session as a store. Events are applied together once a frame, however fast they come. */
export function createConversationStore(
  sessionId: string,
  { connection, schedule }: { connection: Connection; schedule: Schedule },
): ConversationStore {
  const listeners = new Set<() => void>();
  let view: ConversationView = {
    phase: 'loading',
    conversation: createConversation(),
    pending: connection.pending(sessionId),
    refusals: [],
    stopAskedFor: undefined,
    answering: new Set(),
  };
  let arrived: SessionEvent[] = [];
  /** Where it was left, to be followed on from there. */
  let cursor: Cursor | undefined;
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
  const apply = (): void => {
    const conversation = reduceConversationEvents(view.conversation, arrived);
    arrived = [];
    if (conversation === view.conversation) return;
    const isOpen = (requestId: string): boolean =>
      conversation.pendingPermissions.some((pending) => pending.requestId === requestId);
    const answering = new Set([...view.answering].filter(isOpen));
    view = { ...view, conversation, answering };
  };

  const follow = (): (() => void) => {
    const unsubscribe = connection.subscribe(sessionId, {
      ...(cursor === undefined ? {} : { from: cursor }),
      onReset: () => {
        arrived = [];
        change({ conversation: createConversation(), phase: 'loading' });
      },
      onEvent: (event) => {
        arrived.push(event);
        // A long history is drawn once, when all of it is there.
        if (view.phase !== 'loading') drawSoon();
      },
      onCaughtUp: () => change({ phase: 'ready' }),
      onError: (code) =>
        change({ phase: code === 'SESSION_NOT_FOUND' ? 'missing' : code === 'SESSION_GONE' ? 'gone' : 'failed' }),
    });
    const unsubscribePending = connection.onPendingChange((changedId) => {
      if (changedId === sessionId) change({ pending: connection.pending(sessionId) });
    });
    change({ pending: connection.pending(sessionId) });
    return () => {
      cursor = unsubscribe.cursor();
      unsubscribe();
      unsubscribePending();
      cancelDraw?.();
      cancelDraw = undefined;
    };
  };

  const refuse = (commandId: string, message: string, content?: PromptInput): void => {
    change({ refusals: [...view.refusals, { commandId, message, content }] });
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
    send(content) {
      const { commandId, settled } = connection.send(sessionId, content);
      void settled.then((outcome) => {
        if (outcome.state !== 'accepted') refuse(commandId, outcome.message, content);
      });
    },
    stop() {
      const runId = view.conversation.run?.runId;
      if (runId === undefined || view.stopAskedFor === runId) return;
      change({ stopAskedFor: runId });
      const { commandId, settled } = connection.abort(sessionId, { runId });
      void settled.then((outcome) => {
        if (outcome.state === 'accepted') return;
        change({ stopAskedFor: undefined });
        if (outcome.state !== 'refused' || outcome.code !== 'NO_ACTIVE_RUN') refuse(commandId, outcome.message);
      });
    },
    answer(requestId, optionId) {
      if (view.answering.has(requestId)) return;
      change({ answering: new Set([...view.answering, requestId]) });
      const { commandId, settled } = connection.answerPermission(sessionId, requestId, { optionId });
      void settled.then((outcome) => {
        if (outcome.state === 'accepted') return;
        change({ answering: new Set([...view.answering].filter((other) => other !== requestId)) });
        // Somebody else was faster: the log shows who.
        if (outcome.state !== 'refused' || outcome.code !== 'PERMISSION_NOT_FOUND') refuse(commandId, outcome.message);
      });
    },
    dismiss(commandId) {
      change({ refusals: view.refusals.filter((refusal) => refusal.commandId !== commandId) });
    },
  };
}
