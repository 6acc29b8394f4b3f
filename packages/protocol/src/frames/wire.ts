/** Version of the `/ws` protocol: in `server_hello` and `GET /api/console/ws/info`. */
export const WIRE_PROTOCOL_VERSION = 1;

/** Heartbeat of both sides. A client that is silent for `staleMs` is closed with 4408. */
export const HEARTBEAT = { intervalMs: 30_000, staleMs: 90_000 } as const;

/** A client takes the server for dead when a ping is not answered in time: 30 s + 15 s. */
export const PONG_TIMEOUT_MS = 15_000;

/** Limits at the edges. Over a limit the sender gets an error with a code. */
export const LIMITS = {
  /** A frame or HTTP body, in bytes: room for a few screenshots inline. */
  maxFrameBytes: 32 * 1024 * 1024,
  /** One image, decoded. */
  maxImageBytes: 20 * 1024 * 1024,
  maxJsonDepth: 64,
  maxQueuedPrompts: 100,
  maxSubscriptionsPerSocket: 100,
  /** Bytes in a socket's buffer beyond which it is caught up from the log later instead of buffered for. */
  maxBufferedBytes: 1024 * 1024,
} as const;
