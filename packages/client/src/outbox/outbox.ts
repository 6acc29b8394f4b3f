import { ClientFrame, type GatewayFrame, LIMITS, type SessionEvent } from '@konui/protocol';
import type { Clock } from '../clock.ts';
import { AnsweredCommands } from './answered-commands.ts';
import { type CommandFrame, type OutboxStorage, OutboxStore } from './outbox-storage.ts';
import {
  type CommandHandle,
  type CommandOutcome,
  createEntry,
  type OutboxEntry,
  type PendingCommand,
  toPendingCommand,
} from './pending-command.ts';

/** More than a person types while offline; beyond it TOO_MANY. */
const MAX_PENDING = 200;
/** Without an answer for this long the same command is sent again, which changes nothing (CMD1). */
const ACK_TIMEOUT_MS = 30_000;
/** A stop that names no run would, later, stop one that nobody meant; an agent that was to be ready in time would come too late. */
const EXPIRES_MS = 60_000;

export interface OutboxOptions {
  readonly clock: Clock;
  readonly storage: OutboxStorage;
  readonly retryDelayMs: (failures: number) => number;
  readonly send: (text: string) => boolean;
  /** Whether the session's events arrive here. */
  readonly isWatched: (sessionId: string) => boolean;
  readonly onChange: (sessionId: string) => void;
}

/**
 * The commands that the server has not acknowledged: kept over reconnects and reloads, sent in order, again with
 * the same id until an answer comes.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #store: OutboxStore;
  /** In the order in which they were asked for. */
  readonly #entries = new Map<string, OutboxEntry>();
  /** Ids that events have answered, of sessions that are watched: sent again, they bring no further event. */
  readonly #answered = new AnsweredCommands();
  #order = 0;
  #isLive = false;
  #maxFrameBytes: number = LIMITS.maxFrameBytes;
  #cancelTimer: (() => void) | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#store = new OutboxStore(options.storage);
    for (const command of this.#store.load()) this.#entries.set(command.commandId, createEntry(command));
    this.#flush();
  }

  add(commandId: string, frame: CommandFrame): CommandHandle {
    const known = this.#entries.get(commandId);
    if (known !== undefined) return known.handle;
    const entry = createEntry({ commandId, at: this.#options.clock.now(), order: (this.#order += 1), frame });
    const refusal = this.#refusalOf(frame);
    if (refusal !== undefined) {
      entry.settle({ state: 'refused', ...refusal });
      return entry.handle;
    }
    entry.storageError = this.#store.save(entry);
    this.#entries.set(commandId, entry);
    this.#changed(entry);
    this.#flush();
    return entry.handle;
  }

  pending(sessionId?: string): PendingCommand[] {
    const entries = [...this.#entries.values()];
    return entries
      .filter(({ frame }) => sessionId === undefined || frame.sessionId === sessionId)
      .map(toPendingCommand);
  }

  onLive(maxFrameBytes: number): void {
    this.#isLive = true;
    this.#maxFrameBytes = maxFrameBytes;
    for (const entry of this.#entries.values()) entry.notBefore = 0;
    this.#flush();
  }

  /** What was sent and not answered may be lost, and is sent again. */
  onDrop(): void {
    this.#isLive = false;
    for (const entry of this.#entries.values()) {
      if (entry.state !== 'sent') continue;
      entry.state = 'waiting';
      this.#changed(entry);
    }
    this.#flush();
  }

  /** The server closed because a frame was too large; the largest one on the way must have been it. */
  onFrameTooLarge(): void {
    const sent = [...this.#entries.values()].filter(({ state }) => state === 'sent');
    const largest = sent.sort((one, other) => sizeOf(other) - sizeOf(one))[0];
    if (largest !== undefined) {
      this.#remove(largest, {
        state: 'refused',
        code: 'FRAME_TOO_LARGE',
        message: 'the server takes no message this large; send fewer or smaller images',
      });
    }
  }

  onEvent(event: SessionEvent): void {
    this.#answered.onEvent(event);
    if (this.#entries.size === 0) return;
    const entry =
      this.#entries.get(typeof event['commandId'] === 'string' ? event['commandId'] : '') ?? this.#promptOf(event);
    if (entry === undefined || entry.frame.sessionId !== event.sessionId) return;
    if (event.kind !== 'command_rejected') this.#remove(entry, { state: 'accepted' });
    else {
      this.#remove(entry, {
        state: 'refused',
        code: String(event['code']),
        message: String(event['message'] ?? event['code']),
      });
    }
  }

  onFrame(frame: GatewayFrame): void {
    if (frame.kind === 'chat_accepted') this.#onAccepted(frame.commandId);
    if (frame.kind === 'server_notice' && frame.notice === 'host_back') {
      for (const entry of this.#entries.values()) entry.notBefore = 0;
      this.#flush();
    }
    if (frame.kind !== 'protocol_error' || frame.commandId === undefined) return;
    const entry = this.#entries.get(frame.commandId);
    if (entry === undefined || entry.state === 'accepted') return;
    const error = { code: frame.code, message: frame.error };
    if (!frame.retryable) {
      this.#remove(entry, { state: 'refused', ...error });
      return;
    }
    entry.failures += 1;
    entry.state = 'waiting';
    entry.notBefore = this.#options.clock.now() + this.#options.retryDelayMs(entry.failures);
    entry.lastError = error;
    this.#changed(entry);
    this.#flush();
  }

  /** The session's events no longer arrive: what is accepted would be shown as pending for ever. */
  onUnwatched(sessionId: string): void {
    this.#answered.forget(sessionId);
    for (const entry of this.#entries.values()) {
      if (entry.state === 'accepted' && entry.frame.sessionId === sessionId) this.#remove(entry, { state: 'accepted' });
    }
  }

  /** Stops the timers; what is pending stays stored. */
  close(): void {
    this.#isLive = false;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #onAccepted(commandId: string): void {
    const entry = this.#entries.get(commandId);
    if (entry === undefined || entry.state === 'accepted') return;
    const outcome: CommandOutcome = { state: 'accepted' };
    const { sessionId, type } = entry.frame;
    const isEchoed = type === 'chat.send' || type === 'chat.configure';
    if (isEchoed && this.#options.isWatched(sessionId) && !this.#answered.has(sessionId, commandId)) {
      // Kept until its event takes its place, so that the page's echo does not vanish in between.
      entry.state = 'accepted';
      entry.settle(outcome);
      this.#store.remove(commandId);
      this.#changed(entry);
    } else this.#remove(entry, outcome);
    this.#flush();
  }

  #promptOf(event: SessionEvent): OutboxEntry | undefined {
    const isPrompt = event.kind === 'prompt' || event.kind === 'prompt_queued';
    return isPrompt ? this.#entries.get(String(event['promptId'])) : undefined;
  }

  #refusalOf(frame: CommandFrame): { code: string; message: string } | undefined {
    const waiting = [...this.#entries.values()].filter(({ state }) => state !== 'accepted').length;
    if (waiting >= MAX_PENDING) {
      return {
        code: 'TOO_MANY',
        message: `${MAX_PENDING} messages wait to be sent; wait until the connection is back`,
      };
    }
    const parsed = ClientFrame.safeParse(frame);
    if (!parsed.success) {
      return { code: 'INVALID_MESSAGE', message: parsed.error.issues.map(({ message }) => message).join('; ') };
    }
    const { byteLength } = new TextEncoder().encode(JSON.stringify(frame));
    if (byteLength <= this.#maxFrameBytes) return undefined;
    return {
      code: 'FRAME_TOO_LARGE',
      message: `the message has ${byteLength} bytes, at most ${this.#maxFrameBytes} are allowed; send fewer or smaller images`,
    };
  }

  /** Sends what may be sent now, in each lane one by one. */
  #flush(): void {
    const now = this.#options.clock.now();
    const busy = new Set<string>();
    let wakeAt = Infinity;
    for (const entry of this.#entries.values()) {
      if (entry.state === 'accepted') continue;
      if (this.#isLive && entry.state === 'waiting' && this.#store.isTakenElsewhere(entry.commandId)) {
        // Another tab on the same storage has its answer: the session's log says the rest.
        this.#remove(entry, { state: 'accepted' });
        continue;
      }
      const expiresAt = expiryOf(entry);
      if (expiresAt <= now) {
        this.#remove(entry, {
          state: 'dropped',
          reason: 'expired',
          message:
            entry.frame.type === 'chat.prepare'
              ? 'The agent was not started: there was no connection for a minute'
              : 'Stop was not sent: there was no connection for a minute, and another run may be going now',
        });
        continue;
      }
      wakeAt = Math.min(wakeAt, expiresAt);
      const lane = laneOf(entry);
      if (!this.#isLive || busy.has(lane)) continue;
      busy.add(lane);
      const dueAt = entry.state === 'sent' ? entry.sentAt + ACK_TIMEOUT_MS : entry.notBefore;
      if (dueAt <= now && this.#options.send(JSON.stringify(entry.frame))) {
        entry.state = 'sent';
        entry.sentAt = now;
        this.#changed(entry);
      }
      wakeAt = Math.min(
        wakeAt,
        entry.state === 'sent' ? entry.sentAt + ACK_TIMEOUT_MS : Math.max(entry.notBefore, now + 1_000),
      );
    }
    this.#cancelTimer?.();
    this.#cancelTimer =
      wakeAt === Infinity ? undefined : this.#options.clock.setTimeout(() => this.#flush(), Math.max(0, wakeAt - now));
  }

  #remove(entry: OutboxEntry, outcome: CommandOutcome): void {
    this.#entries.delete(entry.commandId);
    this.#store.remove(entry.commandId);
    entry.settle(outcome);
    this.#changed(entry);
    if (this.#isLive) queueMicrotask(() => this.#isLive && this.#flush());
  }

  #changed(entry: OutboxEntry): void {
    this.#options.onChange(entry.frame.sessionId);
  }
}

function expiryOf({ frame, at }: OutboxEntry): number {
  const expires = frame.type === 'chat.prepare' || (frame.type === 'chat.abort' && frame.runId === undefined);
  return expires ? at + EXPIRES_MS : Infinity;
}

/**
 * Prompts of one session go one by one, so that a retry does not overtake the next, and the choices that were made
 * before a prompt reach the agent before it; so do changes of its queue.
 */
function laneOf({ frame, commandId }: OutboxEntry): string {
  switch (frame.type) {
    case 'chat.send':
    case 'chat.configure':
      return `prompts ${frame.sessionId}`;
    case 'chat.queue':
      return `queue ${frame.sessionId}`;
    case 'chat.abort':
    case 'chat.permission-response':
    case 'chat.elicitation-response':
    case 'chat.prepare':
      return commandId;
  }
}

function sizeOf(entry: OutboxEntry): number {
  return JSON.stringify(entry.frame).length;
}
