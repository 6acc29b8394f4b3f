import { type ConsoleImage, type ConsoleServerMessage, LIMITS } from '@konui/protocol';
import { binaryHeader } from '../encode-frames.ts';
import type { Transport } from '../transport.ts';

export interface MessageWriterOptions {
  readonly transport: Transport;
  /** Resolves with undefined for one that cannot be read. Without it images are told of by their addresses alone. */
  readonly readImage: ((image: ConsoleImage) => Promise<Buffer | undefined>) | undefined;
}

/** Writes messages in order, each with the bytes of its images right behind it (SPEC CON10). */
export class MessageWriter {
  readonly #options: MessageWriterOptions;
  #waiting: ConsoleServerMessage[] = [];
  #work: Promise<void> | undefined;

  constructor(options: MessageWriterOptions) {
    this.#options = options;
  }

  /** The bytes of an image are being read, and everything behind it waits: only what had come by then. */
  get isHeld(): boolean {
    return this.#work !== undefined;
  }

  /** Resolves when nothing waits. */
  async settled(): Promise<void> {
    await this.#work;
  }

  write(messages: readonly ConsoleServerMessage[]): void {
    this.#waiting.push(...messages);
    if (this.#work !== undefined) return;
    const next = this.#writeReady();
    if (next !== undefined) this.#work = this.#writeFrom(next);
  }

  /** Writes what needs no bytes, and answers what stands next then. */
  #writeReady(): ConsoleServerMessage | undefined {
    const { transport, readImage } = this.#options;
    const found = readImage === undefined ? -1 : this.#waiting.findIndex((message) => imagesOf(message).length > 0);
    const ready = this.#waiting.splice(0, found === -1 ? this.#waiting.length : found);
    if (ready.length > 0) transport.write(transport.encode(ready.map(toBytes)).bytes);
    return this.#waiting.shift();
  }

  async #writeFrom(first: ConsoleServerMessage): Promise<void> {
    const { transport } = this.#options;
    for (let next: ConsoleServerMessage | undefined = first; next !== undefined; next = this.#writeReady()) {
      // One message's images at a time are in memory.
      await transport.drained();
      if (transport.isOpen) await this.#writeWithImages(next);
    }
    this.#work = undefined;
  }

  async #writeWithImages(message: ConsoleServerMessage): Promise<void> {
    const { transport } = this.#options;
    const frames: Buffer[] = [];
    const images: ConsoleImage[] = [];
    let left = LIMITS.maxFrameBytes;
    for (const image of imagesOf(message)) {
      const bytes = image.byteLength > left ? undefined : await this.#options.readImage?.(image);
      if (bytes === undefined) images.push(image);
      else {
        left -= bytes.length;
        frames.push(binaryHeader(bytes.length), bytes);
        images.push({ ...image, follows: true });
      }
    }
    // In one turn of the event loop, so that nothing comes between.
    transport.write(transport.encode([toBytes({ ...message, images })]).bytes);
    for (const frame of frames) transport.write(frame);
  }
}

function imagesOf(message: ConsoleServerMessage): readonly ConsoleImage[] {
  switch (message.type) {
    case 'output':
    case 'tool_call':
    case 'inject_prompt':
      return message.images ?? [];
    case 'session':
    case 'accepted':
    case 'image_stored':
    case 'status':
    case 'permission_request':
    case 'complete':
    case 'error':
    case 'kontask':
    case 'pong':
      return [];
  }
}

function toBytes(message: object): Buffer {
  return Buffer.from(JSON.stringify(message));
}
