import type { ChatSubscribed, ConsoleServerMessage, KonuiEventBody, SessionEvent, SessionId } from '@konui/protocol';
import { ERRORS, isErrorCode, isRecord, KONUI_EVENTS, parseSessionEvent, textOf } from '@konui/protocol';
import { toText } from './large-text.ts';
import type { OwnCommands } from './own-commands.ts';
import { RunState } from './run-state.ts';
import { imagesField, shownImages } from './shown-images.ts';
import { ToolCalls } from './tool-calls.ts';

/** Konui's own events that this protocol tells of; a kind that is not here gives no message. */
const TOLD_KINDS = [
  'log_opened',
  'prompt_queued',
  'prompt',
  'run_started',
  'permission_request',
  'permission_resolved',
  'elicitation_request',
  'elicitation_resolved',
  'prompt_removed',
  'limit_reached',
  'error',
  'command_rejected',
  'complete',
] as const;
type ToldKind = (typeof TOLD_KINDS)[number];
type KonuiEvent = (typeof KONUI_EVENTS)[number];
type ToldEvent = Extract<KonuiEvent, { kind: ToldKind }>;
type ToldBody = Extract<KonuiEventBody, { kind: ToldKind }>;

const schemas = new Map<string, ToldEvent['schema']>(
  KONUI_EVENTS.filter(isTold).map(({ kind, schema }) => [kind, schema]),
);

/** Older ones are forgotten: far fewer prompts can wait at a time. */
const MAX_ANNOUNCED = 1000;

export interface EventTranslatorOptions {
  readonly own: OwnCommands;
  /** What the host said of the session when the reading began. */
  readonly subscribed: ChatSubscribed;
  /** Events above this one will be translated. */
  readonly cursor: number;
  /** The client knows the events up to the cursor. */
  readonly isResumed: boolean;
}

/** Events → messages of the console socket (SPEC CON4–CON7), in order, each event once. */
export class EventTranslator {
  readonly #own: OwnCommands;
  readonly #isResumed: boolean;
  readonly #run: RunState;
  readonly #sessionId: SessionId;
  /** The one that the client knows of. */
  #epoch: string | null;
  readonly #toolCalls = new ToolCalls();
  /** Prompts that wait and were told of when they were queued. */
  readonly #announced = new Set<string>();

  constructor({ own, subscribed, cursor, isResumed }: EventTranslatorOptions) {
    this.#own = own;
    this.#isResumed = isResumed;
    this.#run = new RunState(subscribed, cursor);
    this.#sessionId = subscribed.sessionId;
    this.#epoch = subscribed.epoch;
  }

  /** A log line that is no event, or lacks a field, gives nothing. */
  translate(line: Buffer): readonly ConsoleServerMessage[] {
    const event = parseSessionEvent(line.toString('utf8'));
    if (event === undefined) return [];
    switch (event.kind) {
      case 'agent_message_chunk':
        return toOutput(event);
      case 'tool_call':
      case 'tool_call_update':
        return this.#toolCalls.translate(event);
    }
    const parsed = schemas.get(event.kind)?.safeParse(event);
    return parsed?.success === true ? this.#translateOwn(event, parsed.data) : [];
  }

  /** What the session does when everything up to `seq` has been told. */
  statusAt(seq: number): ConsoleServerMessage {
    return this.#run.statusAt(seq);
  }

  /** Konui's own events. */
  #translateOwn(event: SessionEvent, body: ToldBody): readonly ConsoleServerMessage[] {
    const { seq } = event;
    switch (body.kind) {
      case 'log_opened':
        return this.#enterEpoch(seq, body.epoch);
      case 'prompt_queued':
        if (this.#own.nameOf(body.promptId) !== undefined) return [this.#run.queue(seq, body.promptId)];
        return [this.#announce(event, body)];
      case 'prompt':
        return this.#isToldOf(body) ? [] : [toInjectPrompt(event, body)];
      case 'run_started':
        this.#toolCalls.clear();
        return [this.#run.start(seq, body)];
      case 'permission_request': {
        const { requestId, toolCall, options } = body;
        const request = { type: 'permission_request' as const, seq, requestId, toolCall, options };
        return [request, ...this.#run.ask(seq, requestId)];
      }
      // This protocol has no forms: it says only that the run waits for a person.
      case 'elicitation_request':
        return this.#run.ask(seq, body.requestId);
      case 'prompt_removed':
        this.#announced.delete(body.promptId);
        return [];
      case 'elicitation_resolved':
      case 'permission_resolved':
        return [this.#run.resolve(seq, body.requestId)];
      case 'limit_reached':
        return [this.#run.limit(seq, body)];
      case 'error':
        return [{ type: 'error', seq, ...describeError(body.code, body.message) }];
      case 'command_rejected':
        return this.#translateRejected(seq, body);
      case 'complete': {
        this.#toolCalls.clear();
        const { kind: _, ...fields } = { ...event, ...body };
        return [{ ...fields, type: 'complete', seq }, ...this.#run.end(seq, body.aborted)];
      }
    }
  }
  /** Without the epoch's name a cursor of it would not fit. */
  #enterEpoch(seq: number, epoch: string): readonly ConsoleServerMessage[] {
    if (epoch === this.#epoch) return [];
    this.#epoch = epoch;
    return [{ type: 'session', sessionId: this.#sessionId, epoch, lastSeq: seq }];
  }

  #announce(event: SessionEvent, body: AskedPrompt): ConsoleServerMessage {
    this.#announced.add(body.promptId);
    const [oldest] = this.#announced;
    if (this.#announced.size > MAX_ANNOUNCED && oldest !== undefined) this.#announced.delete(oldest);
    return toInjectPrompt(event, body);
  }

  /** Whether the client knows of a prompt that begins now. */
  #isToldOf({ promptId, commandId }: PromptBody): boolean {
    const isAnnounced = this.#announced.delete(promptId);
    if (isAnnounced || this.#own.nameOf(promptId) !== undefined) return true;
    // It was queued before the cursor (SPEC CMD3).
    return commandId === undefined && this.#isResumed;
  }

  /** Others' commands are not this client's business. */
  #translateRejected(seq: number, { commandId, code, message = code }: RejectedBody): readonly ConsoleServerMessage[] {
    const name = this.#own.nameOf(commandId);
    return name === undefined ? [] : [{ type: 'error', seq, ...describeError(code, message), ...name }];
  }
}

function isTold(event: KonuiEvent): event is ToldEvent {
  const kinds: readonly string[] = TOLD_KINDS;
  return kinds.includes(event.kind);
}

type PromptBody = Extract<KonuiEventBody, { kind: 'prompt' }>;
type AskedPrompt = Pick<PromptBody, 'promptId' | 'content' | 'origin'>;
type RejectedBody = Extract<KonuiEventBody, { kind: 'command_rejected' }>;

function toOutput({ seq, sessionId, content }: SessionEvent): readonly ConsoleServerMessage[] {
  const images = shownImages(content, sessionId);
  if (images.length > 0) return [{ type: 'output', seq, content: '', ...imagesField(images) }];
  const text = isRecord(content) && content['type'] === 'text' ? toText(content['text']) : undefined;
  if (text === undefined) return [];
  const { text: beginning, ...rest } = text;
  return [{ type: 'output', seq, content: beginning, ...rest }];
}

function toInjectPrompt(
  { seq, sessionId }: SessionEvent,
  { promptId, content, origin }: AskedPrompt,
): ConsoleServerMessage {
  const images = imagesField(shownImages(content, sessionId));
  return { type: 'inject_prompt', seq, id: promptId, text: textOf(content), origin, ...images };
}

function describeError(code: string, message: string) {
  return { code, error: message, retryable: isErrorCode(code) && ERRORS[code].retryable };
}
