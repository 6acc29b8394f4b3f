/** Version of the `/ws` protocol: in `server_hello` and `GET /api/console/ws/info`. */
export const WIRE_PROTOCOL_VERSION = 1;

/** Heartbeat of both sides. A client that is silent for `staleMs` is closed with 4408. */
export const HEARTBEAT = { intervalMs: 30_000, staleMs: 90_000 } as const;

/** A client takes the server for dead when a ping is not answered in time: 30 s + 15 s. */
export const PONG_TIMEOUT_MS = 15_000;

/** Limits at the edges. Over a limit the sender gets an error with a code, and its socket stays open (SPEC GW14). */
export const LIMITS = {
  /** A frame or a frame's HTTP body, in bytes: room for a few screenshots inline. FRAME_TOO_LARGE. */
  maxFrameBytes: 32 * 1024 * 1024,
  /** A frame beyond this is not even received: the socket is closed with 1009. */
  maxReceivedBytes: 64 * 1024 * 1024,
  /** One image, decoded. ATTACHMENT_TOO_LARGE. */
  maxImageBytes: 20 * 1024 * 1024,
  /** Any other file that is uploaded. ATTACHMENT_TOO_LARGE. */
  maxFileBytes: 50 * 1024 * 1024,
  /** Arrays and objects within each other in a frame or body. INVALID_MESSAGE. */
  maxJsonDepth: 64,
  /** Prompts of one session that wait; so many of one socket may also be on their way. TOO_MANY. */
  maxQueuedPrompts: 100,
  /** TOO_MANY for that session. */
  maxSubscriptionsPerSocket: 100,
  /** WebSockets and streams of one access token: a few devices with many tabs. 429 TOO_MANY at the upgrade. */
  maxSocketsPerToken: 64,
  /** Bytes in a socket's buffer beyond which it is caught up from the log later instead of buffered for. */
  maxBufferedBytes: 1024 * 1024,
} as const;
