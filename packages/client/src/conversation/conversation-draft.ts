import {
  fromSessionSnapshot,
  reduceSession,
  type SessionEvent,
  type SessionState,
  toSessionSnapshot,
} from '@konui/protocol';
import { appendBlock } from './blocks.ts';
import type { ConversationState } from './conversation-state.ts';
import type { ConversationItem, MessageBlock, MessageItem } from './items.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * A conversation while a batch of events is applied: its lists are copied once for the batch instead of once for
 * each event, its items are never changed in place.
 */
export class ConversationDraft {
  readonly #base: ConversationState;
  readonly next: Mutable<ConversationState>;
  #items: ConversationItem[] | undefined;
  #session: SessionState | undefined;

  constructor(base: ConversationState) {
    this.#base = base;
    this.next = { ...base };
  }

  get items(): readonly ConversationItem[] {
    return this.#items ?? this.#base.items;
  }

  get runId(): string | undefined {
    return (this.#session ?? this.#base).run?.runId;
  }

  /** A person has asked the run to stop. */
  get isStopping(): boolean {
    return (this.#session ?? this.#base).run?.isStopping === true;
  }

  /** What every item of this event has. */
  base(event: SessionEvent): { key: number; at: string; runId: string | undefined } {
    const { firstSeq } = event;
    return { key: typeof firstSeq === 'number' ? firstSeq : event.seq, at: event.at, runId: this.runId };
  }

  push(item: ConversationItem): void {
    this.#ownItems().push(item);
  }

  replace(index: number, item: ConversationItem): void {
    this.#ownItems()[index] = item;
  }

  /** Appends a chunk to the message that it goes on, if nothing has come between, or begins one. */
  appendChunk(event: SessionEvent, chunk: Pick<MessageItem, 'type' | 'messageId'> & { block: MessageBlock }): void {
    const index = this.items.findLastIndex((item) => item.type !== 'retrying' && item.type !== 'unknown');
    const last = this.items[index];
    const isNear = index === this.items.length - 1 || chunk.messageId !== undefined;
    if (
      last !== undefined &&
      isNear &&
      last.type === chunk.type &&
      last.runId === this.runId &&
      goesOn(last.messageId, chunk.messageId)
    ) {
      this.replace(index, {
        ...last,
        messageId: last.messageId ?? chunk.messageId,
        content: appendBlock(last.content, chunk.block),
      });
    } else {
      this.push({ ...this.base(event), type: chunk.type, messageId: chunk.messageId, content: [chunk.block] });
    }
  }

  /** The agent does something: it has started, and no longer tries again. */
  sayActive(): void {
    this.next.activity = undefined;
    this.next.retrying = undefined;
  }

  /** Runs, queue and requests are the protocol's own fold, so that page, runner and host cannot disagree. */
  reduceSession(event: SessionEvent): void {
    this.#session ??= fromSessionSnapshot(this.#base, this.#base.lastSeq);
    reduceSession(this.#session, event);
  }

  finish(): ConversationState {
    if (this.#items !== undefined) this.next.items = this.#items;
    if (this.#session !== undefined) {
      for (const [field, value] of Object.entries(toSessionSnapshot(this.#session))) {
        const before: unknown = Reflect.get(this.#base, field);
        Reflect.set(
          this.next,
          field,
          Array.isArray(value) && Array.isArray(before) ? keepIfSame(before, value) : value,
        );
      }
    }
    return this.next;
  }

  #ownItems(): ConversationItem[] {
    return (this.#items ??= [...this.#base.items]);
  }
}

function goesOn(before: string | undefined, added: string | undefined): boolean {
  return before === undefined || added === undefined || before === added;
}

function keepIfSame(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return before.length === after.length && before.every((value, index) => value === after[index]) ? before : after;
}
