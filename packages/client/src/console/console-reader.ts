import { ConsoleServerMessage } from '@konui/protocol';
import type { FrameData } from '../connection/channel.ts';
import type { ImageBytes } from './console-options.ts';

/** A message with the binary frames that belong to it. */
export interface ReceivedMessage {
  readonly message: ConsoleServerMessage;
  readonly images: ImageBytes;
}

/** Puts the frames of one socket together: an image's bytes follow the message that shows it (SPEC CON10). */
export class ConsoleReader {
  #message: ConsoleServerMessage | undefined;
  #follows: readonly boolean[] = [];
  #frames: Uint8Array<ArrayBuffer>[] = [];

  /** Undefined for what is not complete, and for what this version cannot read. */
  read(data: FrameData): ReceivedMessage | undefined {
    if (typeof data === 'string') {
      this.#message = parseConsoleMessage(data);
      this.#follows = followsOf(this.#message);
      this.#frames = [];
    } else this.#frames.push(data);
    if (this.#message === undefined || this.#frames.length < this.#follows.filter(Boolean).length) return undefined;
    const message = this.#message;
    const frames = this.#frames.values();
    const images = this.#follows.map((isSent) => (isSent ? frames.next().value : undefined));
    this.reset();
    return { message, images };
  }

  /** Another socket begins. */
  reset(): void {
    this.#message = undefined;
    this.#follows = [];
    this.#frames = [];
  }
}

function parseConsoleMessage(text: string): ConsoleServerMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = ConsoleServerMessage.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

function followsOf(message: ConsoleServerMessage | undefined): readonly boolean[] {
  const showsImages = message?.type === 'output' || message?.type === 'tool_call' || message?.type === 'inject_prompt';
  return showsImages ? (message.images ?? []).map(({ follows }) => follows === true) : [];
}
