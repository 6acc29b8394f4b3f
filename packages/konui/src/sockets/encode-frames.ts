/** FIN, and the opcode of a text or binary message (RFC 6455, section 5.2). */
const FINAL_TEXT = 0x81;
const FINAL_BINARY = 0x82;
const MAX_7_BIT = 125;
const MAX_16_BIT = 65_535;

export interface EncodedFrames {
  /** One whole frame after the other. */
  readonly bytes: Buffer;
  /** Where each frame ends in `bytes`. */
  readonly ends: readonly number[];
}

/** Writes payloads (UTF-8, without line breaks) as a transport's frames. */
export type EncodeFrames = (payloads: readonly Buffer[]) => EncodedFrames;

/**
 * Encodes each payload (UTF-8) as one unmasked WebSocket text frame. A server's frames are not masked (RFC 6455,
 * section 5.1) and without compression they depend on nothing that was sent before: so the same bytes do for every
 * socket, and one write for many frames.
 */
export function encodeFrames(payloads: readonly Buffer[]): EncodedFrames {
  const byteLength = payloads.reduce((sum, payload) => sum + headerLength(payload.length) + payload.length, 0);
  const bytes = Buffer.allocUnsafe(byteLength);
  const ends: number[] = [];
  let offset = 0;
  for (const payload of payloads) {
    offset = writeHeader(bytes, offset, { opcode: FINAL_TEXT, payloadLength: payload.length });
    offset += payload.copy(bytes, offset);
    ends.push(offset);
  }
  return { bytes, ends };
}

/** One value as one frame. */
export function encodeJson(value: object, encode: EncodeFrames): Buffer {
  return encode([Buffer.from(JSON.stringify(value))]).bytes;
}

/** What stands before the bytes of one binary frame. */
export function binaryHeader(payloadLength: number): Buffer {
  const header = Buffer.allocUnsafe(headerLength(payloadLength));
  writeHeader(header, 0, { opcode: FINAL_BINARY, payloadLength });
  return header;
}

function headerLength(payloadLength: number): number {
  return payloadLength <= MAX_7_BIT ? 2 : payloadLength <= MAX_16_BIT ? 4 : 10;
}

function writeHeader(
  target: Buffer,
  offset: number,
  { opcode, payloadLength }: { opcode: number; payloadLength: number },
): number {
  target[offset] = opcode;
  if (payloadLength <= MAX_7_BIT) {
    target[offset + 1] = payloadLength;
    return offset + 2;
  }
  if (payloadLength <= MAX_16_BIT) {
    target[offset + 1] = 126;
    return target.writeUInt16BE(payloadLength, offset + 2);
  }
  target[offset + 1] = 127;
  return target.writeBigUInt64BE(BigInt(payloadLength), offset + 2);
}
