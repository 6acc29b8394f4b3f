import {
  ConsoleClientMessage,
  type ErrorCode,
  KonuiError,
  LIMITS,
  MAX_PROMPT_IMAGES,
  type PromptImage,
} from '@konui/protocol';
import type * as z from 'zod/mini';
import type { CommandHandle, CommandOutcome } from '../outbox/pending-command.ts';

/** A message as a sender writes it; what is wrong with it, the schema says. */
export type OutgoingConsoleMessage = z.input<typeof ConsoleClientMessage>;

/** Bytes of a prompt, and what they are called once the server has them. */
export interface OutgoingImage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  attachment: string | undefined;
}

export interface NewConsoleMessage {
  /** A prompt's id, an inject's key, the permission's id. */
  readonly commandId: string;
  readonly message: OutgoingConsoleMessage;
  readonly images: readonly OutgoingImage[];
}

/** A message of a console as its outbox keeps it. */
export interface ConsoleOutboxEntry extends NewConsoleMessage {
  /** Milliseconds since 1970. */
  readonly at: number;
  isSent: boolean;
  notBefore: number;
  failures: number;
  lastError: { readonly code: string; readonly message: string } | undefined;
  readonly handle: CommandHandle;
  readonly settle: (outcome: CommandOutcome) => void;
}

export function createConsoleEntry(message: NewConsoleMessage, at: number): ConsoleOutboxEntry {
  const { promise, resolve } = Promise.withResolvers<CommandOutcome>();
  const handle = { commandId: message.commandId, settled: promise };
  return { ...message, at, isSent: false, notBefore: 0, failures: 0, lastError: undefined, handle, settle: resolve };
}

/** Why the server would not take it. */
export function refusalOf({ message, images }: NewConsoleMessage): KonuiError | undefined {
  const parsed = ConsoleClientMessage.safeParse(message);
  if (!parsed.success) {
    return new KonuiError('INVALID_MESSAGE', parsed.error.issues.map(({ message: problem }) => problem).join('; '));
  }
  if (message.type === 'prompt' && message.text === '' && images.length === 0) {
    return new KonuiError('INVALID_MESSAGE', 'a prompt needs a text or an image');
  }
  if (images.length > MAX_PROMPT_IMAGES) {
    return new KonuiError('INVALID_MESSAGE', `a prompt has at most ${MAX_PROMPT_IMAGES} images`);
  }
  const { byteLength } = new TextEncoder().encode(JSON.stringify(message));
  if (byteLength > LIMITS.maxFrameBytes) return tooLarge('FRAME_TOO_LARGE', byteLength, LIMITS.maxFrameBytes);
  const largest = Math.max(0, ...images.map(({ bytes }) => bytes.byteLength));
  if (largest > LIMITS.maxImageBytes) return tooLarge('ATTACHMENT_TOO_LARGE', largest, LIMITS.maxImageBytes);
  return undefined;
}

function tooLarge(code: ErrorCode, bytes: number, maxBytes: number): KonuiError {
  return new KonuiError(code, `${bytes} bytes are too many, at most ${maxBytes} are allowed`);
}

/**
 * What goes on the socket: binary frames for images, and the message behind them. Those at the end that the server has
 * are named instead: binary frames come before the images that a message names (SPEC CON9).
 */
export function toFrames({ message, images }: NewConsoleMessage): { binary: readonly OutgoingImage[]; text: string } {
  const named: z.input<typeof PromptImage>[] = [];
  for (const { attachment } of images.toReversed()) {
    if (attachment === undefined) break;
    named.unshift({ attachment });
  }
  const binary = images.slice(0, images.length - named.length);
  return { binary, text: JSON.stringify(named.length === 0 ? message : { ...message, images: named }) };
}
