/** A text frame, or a binary one, which a WebSocket alone has. */
export type FrameData = string | Uint8Array<ArrayBuffer>;

/** One way to the gateway, while it is open: a WebSocket, or a stream with requests beside it. */
export interface Channel {
  /** Whether the frame was given to an open channel; that it arrived only an answer can tell. */
  send(data: FrameData): boolean;
}

export interface ChannelListener {
  onMessage(data: FrameData): void;
  /** The channel closed, or could not be opened; `code` as a WebSocket's. Called once. */
  onClose(code: number): void;
}

/**
 * Opens a channel; aborting the signal closes it, and nothing is heard of it any more. Rejects with UNAUTHORIZED when
 * the sign-in is refused.
 */
export type OpenChannel = (listener: ChannelListener, signal: AbortSignal) => Promise<Channel>;

/** Close code of a channel that broke without one (RFC 6455, section 7.4.1). */
export const BROKEN = 1006;
