import * as z from 'zod/mini';
import { SessionId } from '../ids.ts';
import { SessionInfo } from '../host/session-info.ts';
import { KontaskSummary } from '../kontask/kontask-api.ts';
import { CURSOR_VERDICTS } from '../session/cursor.ts';

/** The first frame on every `/ws` socket. */
export const ServerHello = z.object({
  kind: z.literal('server_hello'),
  connectionId: z.string(),
  protocolVersion: z.int(),
  serverVersion: z.string(),
  /** Names the web app that this gateway serves: a page of another build offers to reload. */
  buildId: z.string(),
  heartbeat: z.object({ intervalMs: z.int(), staleMs: z.int() }),
  limits: z.object({ maxFrameBytes: z.int() }),
});
export type ServerHello = z.infer<typeof ServerHello>;

export const ChatSubscribed = z.object({
  kind: z.literal('chat_subscribed'),
  sessionId: SessionId,
  epoch: z.nullable(z.string()),
  lastSeq: z.int(),
  /** Unless it is `ok`, forget what you know of the session: its events follow from the first. */
  cursor: z.enum(CURSOR_VERDICTS),
  isProcessing: z.boolean(),
  /** The open `permission_request` events. */
  pendingPermissions: z.array(z.looseObject({ requestId: z.string() })),
  /** The open `elicitation_request` events. */
  pendingElicitations: z._default(z.array(z.looseObject({ requestId: z.string() })), []),
});
export type ChatSubscribed = z.infer<typeof ChatSubscribed>;

/** Everything up to `lastSeq` of `chat_subscribed` has been sent. */
export const ChatCaughtUp = z.object({ kind: z.literal('chat_caught_up'), sessionId: SessionId, seq: z.int() });

/** The host has stored the command durably; what became of it is an event that quotes `commandId`. */
export const ChatAccepted = z.object({
  kind: z.literal('chat_accepted'),
  sessionId: SessionId,
  commandId: z.string(),
});

export const SessionUpserted = z.object({ kind: z.literal('session_upserted'), session: SessionInfo });
export const SessionRemoved = z.object({ kind: z.literal('session_removed'), sessionId: SessionId });
export const LoadingProgress = z.object({
  kind: z.literal('loading_progress'),
  message: z.string(),
  provider: z.optional(z.string()),
  /** How far it is, where that can be counted. */
  count: z.optional(z.int()),
  total: z.optional(z.int()),
  done: z.boolean(),
});

/** A request on this socket failed; the socket stays open. Quotes what it can of the request. */
export const ProtocolError = z.object({
  kind: z.literal('protocol_error'),
  code: z.string(),
  error: z.string(),
  retryable: z.boolean(),
  sessionId: z.optional(z.string()),
  commandId: z.optional(z.string()),
});
export type ProtocolError = z.infer<typeof ProtocolError>;

export const Pong = z.object({ kind: z.literal('pong') });

/** What the server tells every client: it leaves and will be back, or the sign-in ended. */
export const ServerNotice = z.object({
  kind: z.literal('server_notice'),
  notice: z.enum(['going_away', 'sign_in_expired', 'host_unreachable', 'host_back']),
  message: z.string(),
});
export type ServerNotice = z.infer<typeof ServerNotice>;

/** A kontask came or changed: every client hears it, and one that was away asks for the list (B8). */
const KontaskUpserted = z.object({ kind: z.literal('kontask_upserted'), kontask: KontaskSummary });
const KontaskRemoved = z.object({ kind: z.literal('kontask_removed'), kontaskId: z.string() });
/** Something changed in the folder of layouts: who shows them asks again. */
const KontaskLayoutsChanged = z.object({ kind: z.literal('kontask_layouts_changed') });

/** A session was read up to this seq, on this device or another of the same person. */
export const ReadMarked = z.object({
  kind: z.literal('read_marked'),
  sessionId: SessionId,
  seq: z.int().check(z.nonnegative()),
});

/** Frames of the gateway itself; every other frame on `/ws` is an event, byte for byte its log line. */
export const GatewayFrame = z.discriminatedUnion('kind', [
  ServerHello,
  ChatSubscribed,
  ChatCaughtUp,
  ChatAccepted,
  SessionUpserted,
  SessionRemoved,
  ReadMarked,
  KontaskUpserted,
  KontaskRemoved,
  KontaskLayoutsChanged,
  LoadingProgress,
  ProtocolError,
  Pong,
  ServerNotice,
]);
export type GatewayFrame = z.infer<typeof GatewayFrame>;

const GATEWAY_KINDS: ReadonlySet<string> = new Set<string>(
  GatewayFrame.def.options.flatMap((option) => option.shape.kind.def.values),
);

/** Whether a frame's `kind` is the gateway's; otherwise it is an event's. */
export function isGatewayKind(kind: string): boolean {
  return GATEWAY_KINDS.has(kind);
}
