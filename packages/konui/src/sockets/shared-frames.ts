import type { EncodedFrames, EncodeFrames } from './encode-frames.ts';

/** Payloads that many clients get: encoded once for each way in which they are written. */
export class SharedFrames {
  readonly payloads: readonly Buffer[];
  readonly #encoded = new Map<EncodeFrames, EncodedFrames>();

  constructor(payloads: readonly Buffer[]) {
    this.payloads = payloads;
  }

  /** Shares memory with all other readers'. */
  as(encode: EncodeFrames): EncodedFrames {
    let encoded = this.#encoded.get(encode);
    if (encoded === undefined) {
      encoded = encode(this.payloads);
      this.#encoded.set(encode, encoded);
    }
    return encoded;
  }
}
