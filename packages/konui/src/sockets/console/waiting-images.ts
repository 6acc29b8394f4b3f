import {
  type AttachmentStored,
  IMAGE_TYPES,
  KonuiError,
  LIMITS,
  MAX_PROMPT_IMAGES,
  type PromptImage,
  sniffImageType,
} from '@konui/protocol';
import { toKonuiError } from '../to-konui-error.ts';

/** Longer than anybody leaves between a picture and what is to be said of it. */
const WAIT_MS = 5 * 60_000;

export interface WaitingImagesOptions {
  /** Resolves when the bytes are on the disk. */
  readonly store: (bytes: Buffer) => Promise<AttachmentStored>;
  /** `image` counts the socket's binary frames, from 1. */
  readonly onStored: (image: number, stored: AttachmentStored) => void;
  readonly onFailed: (image: number, error: KonuiError) => void;
  /** How long images wait for a prompt, in milliseconds. Default: five minutes. */
  readonly waitMs?: number;
}

interface WaitingImage {
  readonly image: number;
  readonly stored: Promise<PromptImage>;
  hasFailed: boolean;
}

/** Images that one socket sent as binary frames, until a prompt takes them (SPEC CON9). */
export class WaitingImages {
  readonly #options: WaitingImagesOptions;
  #waiting: WaitingImage[] = [];
  #received = 0;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: WaitingImagesOptions) {
    this.#options = options;
  }

  /** Resolves when the sender has been told what became of it. */
  async receive(bytes: Buffer): Promise<void> {
    const { onStored, onFailed } = this.#options;
    this.#received += 1;
    const image = this.#received;
    const storing = this.#store(bytes);
    const waiting: WaitingImage = {
      image,
      hasFailed: false,
      stored: storing.then(({ attachment }) => ({ attachment })),
    };
    // Its prompt sees the failure, if one comes.
    waiting.stored.catch(() => undefined);
    // One beyond the limit is kept, so that its prompt is refused.
    if (this.#waiting.length <= MAX_PROMPT_IMAGES) this.#waiting.push(waiting);
    this.#restartTimer();
    try {
      onStored(image, await storing);
    } catch (error) {
      waiting.hasFailed = true;
      onFailed(image, toKonuiError(error));
    }
  }

  /** All that wait, in their order, for the prompt that came now; each rejects with the reason why it is not there. */
  take(): readonly Promise<PromptImage>[] {
    clearTimeout(this.#timer);
    const taken = this.#waiting.map(({ stored }) => stored);
    this.#waiting = [];
    return taken;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #store(bytes: Buffer): Promise<AttachmentStored> {
    if (this.#waiting.length >= MAX_PROMPT_IMAGES) {
      throw new KonuiError('TOO_MANY', `${MAX_PROMPT_IMAGES} images wait for their prompt already; send it first`);
    }
    if (sniffImageType(bytes) === undefined) {
      throw new KonuiError('ATTACHMENT_TYPE', `the bytes are none of ${IMAGE_TYPES.join(', ')}`);
    }
    if (bytes.length > LIMITS.maxImageBytes) {
      throw new KonuiError('ATTACHMENT_TOO_LARGE', `an image may have ${LIMITS.maxImageBytes} bytes`);
    }
    return this.#options.store(bytes);
  }

  #restartTimer(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => this.#letGo(), this.#options.waitMs ?? WAIT_MS);
  }

  #letGo(): void {
    const left = this.#waiting.filter(({ hasFailed }) => !hasFailed);
    this.#waiting = [];
    for (const { image } of left) {
      const error = new KonuiError('INVALID_MESSAGE', 'no prompt took this image; name it by its attachment in one');
      this.#options.onFailed(image, error);
    }
  }
}
