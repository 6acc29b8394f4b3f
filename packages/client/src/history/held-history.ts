import {
  canJoin,
  createSessionState,
  type HistoryAnswer,
  type MergedEvent,
  mergeEvents,
  type SessionEvent,
  type SessionSnapshot,
  toSessionSnapshot,
} from '@konui/protocol';
import { type ConversationState, createConversation } from '../conversation/conversation-state.ts';
import type { PermissionItem } from '../conversation/items.ts';
import { createToolItem } from '../conversation/merge-tool-call.ts';
import { reduceConversationEvents } from '../conversation/reduce-conversation.ts';
import { cutTail } from './cut-tail.ts';
import { keepSameItems } from './keep-same-items.ts';

/**
 * The end of a session's log: its last page of history, earlier pages as they are asked for, and the events that
 * follow (SPEC HIST). What is shown of it is `conversation`; what the session is doing is as if all of the log were here.
 */
export class HeldHistory {
  #events: MergedEvent[];
  #page: HistoryAnswer;
  /** Of the end that was fetched. */
  readonly #context: HistoryAnswer['context'];
  #epoch: string | null;
  #conversation: ConversationState;

  /** `tail` is an answer without `before`. */
  constructor(tail: HistoryAnswer) {
    this.#events = [...tail.events];
    this.#page = tail;
    this.#context = tail.context;
    this.#epoch = tail.epoch;
    const runId = runIdBefore(tail.events, tail.state?.run?.runId);
    const pending = tail.state?.pendingPermissions ?? [];
    const hidden = [...hiddenBy(tail, runId), ...pending.filter(({ seq }) => seq < tail.firstSeq).map(toHiddenRequest)];
    const folded = foldPage(tail, { events: this.#events, runId, hidden });
    this.#conversation = { ...folded, ...snapshotOf(tail.state), lastSeq: tail.lastSeq };
  }

  get conversation(): ConversationState {
    return this.#conversation;
  }

  /** Merged, in order, without a gap. */
  get events(): readonly MergedEvent[] {
    return this.#events;
  }

  /** Of the first event that is held. */
  get firstSeq(): number {
    return this.#page.firstSeq;
  }

  get hasEarlier(): boolean {
    return this.#page.more;
  }

  /** Where what is held ends: to be subscribed from. */
  get cursor(): { readonly seq: number; readonly epoch?: string } {
    const { lastSeq } = this.#conversation;
    return this.#epoch === null ? { seq: lastSeq } : { seq: lastSeq, epoch: this.#epoch };
  }

  /** When the last event was written, by the host's clock; undefined where none is held. */
  get lastAt(): string | undefined {
    const last = this.#events.at(-1);
    return last?.lastAt ?? last?.at;
  }

  /** A copy of its end, to be read when nothing can be fetched: of `maxLength` characters of JSON, or one event. */
  tail(maxLength: number): HistoryAnswer {
    const { hasEarlier, firstSeq } = this;
    const held = { epoch: this.#epoch, events: this.#events, firstSeq, hasEarlier };
    return cutTail({ ...held, context: this.#context, conversation: this.#conversation }, maxLength);
  }

  /** Events that follow what is held; those that are held already change nothing. */
  append(events: readonly SessionEvent[]): void {
    const { lastSeq } = this.#conversation;
    const fresh = events.filter(({ seq }) => seq > lastSeq);
    if (fresh.length === 0) return;
    this.#conversation = reduceConversationEvents(this.#conversation, fresh);
    appendTo(this.#events, mergeEvents(fresh));
    for (const event of fresh) {
      if (event.kind === 'log_opened' && typeof event['epoch'] === 'string') this.#epoch = event['epoch'];
    }
    if (this.#page.firstSeq === 0) this.#page = { ...this.#page, firstSeq: fresh[0]?.seq ?? 0 };
  }

  /** The page before `firstSeq`. False where it is not that one, such as one of a log that was replaced: ask again. */
  prepend(page: HistoryAnswer): boolean {
    const last = page.events.at(-1);
    if (last === undefined || last.seq + 1 !== this.firstSeq || page.epoch !== this.#epoch) return false;
    const earlier = [...page.events];
    appendTo(earlier, this.#events);
    this.#events = earlier;
    this.#page = page;
    const { items, run, hidden: known } = this.#conversation;
    const runId = runIdBefore(earlier, run?.runId);
    const hidden = [...known.filter(({ key }) => key < page.firstSeq), ...hiddenBy(page, runId)];
    const folded = foldPage(page, { events: earlier, runId, hidden });
    // Only what is shown grows; what the session is doing was known.
    this.#conversation = { ...this.#conversation, items: keepSameItems(items, folded.items), hidden };
    return true;
  }
}

/** The run that is open before the first of the events: the one that they end, else the one that is open after them. */
function runIdBefore(events: readonly SessionEvent[], openAfter: string | undefined): string | undefined {
  const boundary = events.find(({ kind }) => kind === 'run_started' || kind === 'complete');
  if (boundary === undefined) return openAfter;
  return boundary.kind === 'complete' && typeof boundary['runId'] === 'string' ? boundary['runId'] : undefined;
}

interface Folded {
  readonly events: readonly MergedEvent[];
  /** Open where they begin. */
  readonly runId: string | undefined;
  readonly hidden: ConversationState['hidden'];
}

function foldPage(page: HistoryAnswer, { events, runId, hidden }: Folded): ConversationState {
  const base: ConversationState = {
    ...reduceConversationEvents(createConversation(), page.context),
    ...snapshotOf(undefined),
    items: [],
    run: runId === undefined ? undefined : { runId, promptId: '', startedAt: '', isStopping: false },
    lastSeq: Math.max(0, page.firstSeq - 1),
    hidden,
  };
  return reduceConversationEvents(base, events);
}

/** The calls and requests below a page that it, or what follows it, speaks of. */
function hiddenBy({ earlierTools, context }: HistoryAnswer, runId: string | undefined): ConversationState['hidden'] {
  const tools = earlierTools.map(({ toolCallId, seq, isOfRun }) =>
    createToolItem({ key: seq, at: '', toolCallId, runId: isOfRun ? runId : undefined }),
  );
  const { pendingPermissions } = reduceConversationEvents(createConversation(), context);
  return [...tools, ...pendingPermissions.map(toHiddenRequest)];
}

/** A request that waits, and that a call which follows may be the subject of. */
function toHiddenRequest(pending: SessionSnapshot['pendingPermissions'][number]): PermissionItem {
  const { requestId, runId, seq, at, toolCall, options } = pending;
  return { type: 'permission', key: seq, at, runId, requestId, toolCall, options, resolution: undefined };
}

/** With the fields that JSON leaves out; without a state, as before the first event. */
function snapshotOf(state: SessionSnapshot | undefined): SessionSnapshot {
  return toSessionSnapshot({ ...createSessionState(), ...state });
}

/** What a cut between two pages has parted is joined again. */
function appendTo(held: MergedEvent[], after: readonly MergedEvent[]): void {
  const [last, first] = [held.at(-1), after[0]];
  if (last === undefined || first === undefined || !canJoin(last, first)) {
    for (const event of after) held.push(event);
    return;
  }
  held.pop();
  for (const event of mergeEvents([last, first])) held.push(event);
  for (const event of after.slice(1)) held.push(event);
}
