import type { ConsoleServerMessage } from '@konui/protocol';
import type { Clock } from '../clock.ts';
import type { FrameData } from '../connection/channel.ts';
import type { CommandHandle, CommandOutcome } from '../outbox/pending-command.ts';
import type { ConsoleMessage, PendingConsoleMessage } from './console-options.ts';
import {
  type ConsoleOutboxEntry,
  createConsoleEntry,
  type NewConsoleMessage,
  type OutgoingImage,
  refusalOf,
  toFrames,
} from './pending-console-message.ts';

/** More than a script asks for while there is no connection; beyond it TOO_MANY. */
const MAX_PENDING = 200;
/** More than wait in a session. */
const MAX_UNTOLD = 1_000;
/** A stop may name no run: later it would stop one that nobody meant. */
const CANCEL_EXPIRES_MS = 60_000;

interface ConsoleOutboxOptions {
  readonly clock: Clock;
  readonly retryDelayMs: (failures: number) => number;
  readonly send: (data: FrameData) => boolean;
  readonly onChange: () => void;
}

/** What a console was asked for and the server has not answered: sent in order, again under the same id on every socket. */
export class ConsoleOutbox {
  readonly #options: ConsoleOutboxOptions;
  /** In the order in which they were asked for. */
  readonly #entries = new Map<string, ConsoleOutboxEntry>();
  /** The binary frames of this socket, by their number (SPEC CON9). */
  readonly #images = new Map<number, OutgoingImage>();
  #imageCount = 0;
  /** Prompts that were accepted and that the session has not told of. */
  readonly #untold = new Set<string>();
  #isReady = false;
  #cancelTimer: (() => void) | undefined;

  constructor(options: ConsoleOutboxOptions) {
    this.#options = options;
  }

  add(message: NewConsoleMessage): CommandHandle {
    const key = keyOf(message.message.type, message.commandId);
    const known = this.#entries.get(key);
    if (known !== undefined) return known.handle;
    const entry = createConsoleEntry(message, this.#options.clock.now());
    const refusal = refusalOf(message);
    if (refusal !== undefined) entry.settle({ state: 'refused', code: refusal.code, message: refusal.message });
    else if (this.#entries.size >= MAX_PENDING) {
      const reason = `${MAX_PENDING} messages wait to be answered; wait until the connection is back`;
      entry.settle({ state: 'refused', code: 'TOO_MANY', message: reason });
    } else {
      this.#entries.set(key, entry);
      this.#options.onChange();
      this.#flush();
    }
    return entry.handle;
  }

  pending(): PendingConsoleMessage[] {
    return [...this.#entries.values()].map(({ commandId, message, isSent, lastError }) => ({
      commandId,
      message,
      isSent,
      lastError,
    }));
  }

  /** The socket has said everything that answers an earlier one; what is left is sent. */
  onReady(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    this.#sendAgainNow();
  }

  /** What was sent and not answered may be lost. */
  onDrop(): void {
    this.#isReady = false;
    this.#images.clear();
    this.#imageCount = 0;
    for (const entry of this.#entries.values()) entry.isSent = false;
    this.#flush();
  }

  /** The server closed because a frame was too large; the largest message on the way must have been it. */
  onFrameTooLarge(): void {
    const sent = [...this.#entries.values()].filter(({ isSent }) => isSent);
    const [largest] = sent.toSorted((one, other) => bytesOf(other) - bytesOf(one));
    if (largest === undefined) return;
    const message = 'the server takes no message this large; send smaller images';
    this.#settle(largest, { state: 'refused', code: 'FRAME_TOO_LARGE', message });
  }

  /** Whether the message is an answer that concerns nobody but whoever asked. */
  onMessage(message: ConsoleServerMessage): boolean {
    switch (message.type) {
      case 'session':
        // The host is back, where it was away.
        this.#sendAgainNow();
        return false;
      case 'status':
        if (message.id !== undefined) this.#isOwnPrompt(message.id);
        if (message.requestId !== undefined) this.#accept(keyOf('permission', message.requestId));
        return false;
      case 'inject_prompt':
        // An earlier socket carried it.
        return this.#isOwnPrompt(message.id);
      case 'accepted':
        this.#onAccepted(message);
        return true;
      case 'image_stored':
        this.#onStored(message);
        return true;
      case 'complete':
        this.#accept(CANCEL);
        return false;
      case 'error':
        return this.#onError(message);
      case 'output':
      case 'tool_call':
      case 'permission_request':
      case 'kontask':
      case 'pong':
        return false;
    }
  }

  /** Stops the timer. */
  close(): void {
    this.#isReady = false;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #accept(key: string): boolean {
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.#settle(entry, { state: 'accepted' });
    return entry !== undefined;
  }

  /** A permission's answer and a stop are settled by what comes of them. */
  #onAccepted({ id = '', idempotencyKey }: ConsoleMessage<'accepted'>): void {
    if (idempotencyKey !== undefined) this.#accept(keyOf('inject', idempotencyKey));
    else if (this.#accept(keyOf('prompt', id))) this.#untold.add(id);
    const [oldest] = this.#untold;
    if (this.#untold.size > MAX_UNTOLD && oldest !== undefined) this.#untold.delete(oldest);
  }

  /** Whether the prompt that the session tells of is this console's. */
  #isOwnPrompt(id: string): boolean {
    const isAccepted = this.#untold.delete(id);
    return this.#accept(keyOf('prompt', id)) || isAccepted;
  }

  #onStored({ image, attachment }: ConsoleMessage<'image_stored'>): void {
    const stored = this.#images.get(image);
    if (stored !== undefined) stored.attachment = attachment;
  }

  #onError(error: ConsoleMessage<'error'>): boolean {
    // Its prompt is refused with the same code.
    if (error.image !== undefined) return true;
    const entry = this.#entryOf(error);
    if (entry === undefined) return false;
    if (!error.retryable || error.seq !== undefined) {
      this.#settle(entry, { state: 'refused', code: error.code, message: error.error });
      return true;
    }
    entry.isSent = false;
    entry.failures += 1;
    entry.notBefore = this.#options.clock.now() + this.#options.retryDelayMs(entry.failures);
    entry.lastError = { code: error.code, message: error.error };
    this.#options.onChange();
    this.#flush();
    return true;
  }

  #entryOf({ code, seq, id, requestId, idempotencyKey }: ConsoleMessage<'error'>): ConsoleOutboxEntry | undefined {
    if (id !== undefined) return this.#entries.get(keyOf('prompt', id));
    if (requestId !== undefined) return this.#entries.get(keyOf('permission', requestId));
    if (idempotencyKey !== undefined) return this.#entries.get(keyOf('inject', idempotencyKey));
    // An error of the session's, unless it can only be the answer to a stop, which has no name.
    const cancel = this.#entries.get(CANCEL);
    return cancel?.isSent === true && (seq === undefined || code === 'NO_ACTIVE_RUN') ? cancel : undefined;
  }

  #sendAgainNow(): void {
    for (const entry of this.#entries.values()) entry.notBefore = 0;
    this.#flush();
  }

  /** Sends what may be sent now. */
  #flush(): void {
    const now = this.#options.clock.now();
    let wakeAt = Infinity;
    let isPromptWaiting = false;
    for (const entry of this.#entries.values()) {
      if (entry.isSent) continue;
      if (expiryOf(entry) <= now) {
        const message = 'Stop was not sent: there was no connection for a minute, and another run may be going now';
        this.#settle(entry, { state: 'dropped', reason: 'expired', message });
        continue;
      }
      wakeAt = Math.min(wakeAt, expiryOf(entry));
      const isPrompt = entry.message.type === 'prompt' || entry.message.type === 'inject';
      // One that has to be tried again is not overtaken.
      if (!this.#isReady || (isPrompt && isPromptWaiting)) continue;
      entry.isSent = entry.notBefore <= now && this.#send(entry);
      if (entry.isSent) this.#options.onChange();
      else {
        isPromptWaiting ||= isPrompt;
        wakeAt = Math.min(wakeAt, Math.max(entry.notBefore, now + 1_000));
      }
    }
    this.#cancelTimer?.();
    this.#cancelTimer =
      wakeAt === Infinity ? undefined : this.#options.clock.setTimeout(() => this.#flush(), wakeAt - now);
  }

  #send(entry: ConsoleOutboxEntry): boolean {
    const { binary, text } = toFrames(entry);
    for (const image of binary) {
      if (!this.#options.send(image.bytes)) return false;
      this.#imageCount += 1;
      this.#images.set(this.#imageCount, image);
    }
    return this.#options.send(text);
  }

  #settle(entry: ConsoleOutboxEntry, outcome: CommandOutcome): void {
    this.#entries.delete(keyOf(entry.message.type, entry.commandId));
    entry.settle(outcome);
    this.#options.onChange();
  }
}

/** There is one at a time, and it has no id. */
const CANCEL = keyOf('cancel', '');

function keyOf(type: NewConsoleMessage['message']['type'], commandId: string): string {
  return type === 'cancel' ? type : `${type} ${commandId}`;
}

function expiryOf({ message, at }: ConsoleOutboxEntry): number {
  return message.type === 'cancel' ? at + CANCEL_EXPIRES_MS : Infinity;
}

function bytesOf({ message, images }: ConsoleOutboxEntry): number {
  return images.reduce((sum, { bytes }) => sum + bytes.byteLength, JSON.stringify(message).length);
}
