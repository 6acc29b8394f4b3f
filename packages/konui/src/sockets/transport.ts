import type { Identity } from '../identity.ts';
import type { EncodeFrames } from './encode-frames.ts';

/** What carries frames to one client: a WebSocket, or a stream of server-sent events (SPEC FB). */
export interface Transport {
  /** How frames are written here. */
  readonly encode: EncodeFrames;
  /** Bytes that the kernel has not taken yet. */
  readonly bufferedBytes: number;
  /** More must not be written for a reader that can be caught up later. */
  readonly isFull: boolean;
  readonly isOpen: boolean;
  /** Writes encoded frames, to a transport that is open. */
  write(frames: Buffer): void;
  /** Resolves when a full buffer has been taken by the kernel, or the connection is gone. */
  drained(): Promise<void>;
}

/** A client that has been let in, however it is connected. */
export interface AcceptedClient {
  readonly connectionId: string;
  readonly identity: Identity;
  readonly transport: Transport;
}
