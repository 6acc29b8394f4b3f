import * as z from 'zod/mini';
import { PromptContent, StoredContentBlock } from '../content.ts';
import { ElicitationAction, ElicitationContent } from '../events/elicitation-resolved.ts';
import { HoldReason } from '../events/queue-held.ts';
import { CommandId, PromptId, Provider, RequestId, RunId, SessionId, Sha256 } from '../ids.ts';
import { Origin } from '../origin.ts';
import { SessionOption } from '../session-option.ts';

/** Version of the host API; a gateway refuses to talk to a host of another one, in words. */
export const HOST_API_VERSION = 1;

const QueueVersion = z.optional(z.int().check(z.nonnegative()));

/** `POST /sessions`. The caller may choose the id, so that a resend makes no second session. */
export const CreateSessionRequest = z.object({
  sessionId: z.optional(SessionId),
  provider: Provider,
  projectPath: z.string().check(z.minLength(1), z.maxLength(4096)),
});
export type CreateSessionRequest = z.infer<typeof CreateSessionRequest>;

/** `POST /sessions/:id/prompt` → 202 `CommandAccepted`. */
export const PromptRequest = z.object({ commandId: CommandId, by: Origin, content: PromptContent });
export type PromptRequest = z.infer<typeof PromptRequest>;

/** `POST /sessions/:id/stop` → 202. Without a `runId` the host fills in the open run's; none open: NO_ACTIVE_RUN. */
export const StopRequest = z.object({ commandId: CommandId, by: Origin, runId: z.optional(RunId) });
export type StopRequest = z.infer<typeof StopRequest>;

/** `POST /sessions/:id/permission` → 202. One of `optionId` and `allow`. */
export const PermissionAnswer = z
  .object({
    commandId: CommandId,
    by: Origin,
    requestId: RequestId,
    optionId: z.optional(z.string().check(z.maxLength(1000))),
    allow: z.optional(z.boolean()),
    message: z.optional(z.string().check(z.maxLength(10_000))),
  })
  .check(
    z.refine((answer) => answer.optionId !== undefined || answer.allow !== undefined, {
      message: 'needs optionId or allow',
    }),
  );
export type PermissionAnswer = z.infer<typeof PermissionAnswer>;

/** `POST /sessions/:id/elicitation` → 202. `content` with `accept` only. */
export const ElicitationAnswer = z.object({
  commandId: CommandId,
  by: Origin,
  requestId: RequestId,
  action: ElicitationAction,
  content: z.optional(ElicitationContent),
});
export type ElicitationAnswer = z.infer<typeof ElicitationAnswer>;

/** What can be done with the queue. Without a `queueVersion` the host fills in the present one. */
export const QueueAction = z.discriminatedUnion('action', [
  z.object({ action: z.literal('edit'), promptId: PromptId, queueVersion: QueueVersion, content: PromptContent }),
  z.object({ action: z.literal('move'), promptId: PromptId, queueVersion: QueueVersion, before: z.nullable(PromptId) }),
  z.object({ action: z.literal('remove'), promptId: PromptId, queueVersion: QueueVersion }),
  z.object({ action: z.literal('send_now'), promptId: PromptId, queueVersion: QueueVersion }),
  z.object({ action: z.literal('hold') }),
  z.object({ action: z.literal('resume') }),
]);
export type QueueAction = z.infer<typeof QueueAction>;

/** `POST /sessions/:id/queue` → 202. */
export const QueueRequest = z.object({ commandId: CommandId, by: Origin, change: QueueAction });
export type QueueRequest = z.infer<typeof QueueRequest>;

/** `POST /sessions/:id/prepare` → 202: starts the agent, so that what it offers is known before the first prompt. */
export const PrepareRequest = z.object({ commandId: CommandId, by: Origin });
export type PrepareRequest = z.infer<typeof PrepareRequest>;

/** `POST /sessions/:id/configure` → 202. */
export const ConfigureRequest = z.object({ commandId: CommandId, by: Origin, option: SessionOption });
export type ConfigureRequest = z.infer<typeof ConfigureRequest>;

/**
 * `POST /sessions/:id/attachments` with the bytes as body → 201. The type is the one that the bytes have; a prompt names
 * them by `attachment`. ATTACHMENT_TOO_LARGE.
 */
export const AttachmentStored = z.object({
  attachment: Sha256,
  byteLength: z.int().check(z.nonnegative()),
  mimeType: z.string(),
});
export type AttachmentStored = z.infer<typeof AttachmentStored>;

/** `PATCH /sessions/:id` → the changed SessionInfo. What is left out stays; a `title` of null is the agent's own again. */
export const SessionChange = z.object({
  title: z.optional(z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(200)))),
  archived: z.optional(z.boolean()),
  /** When the agent's limit resets, the prompt that it stopped, or the held queue, goes on by itself. */
  resumeAfterLimit: z.optional(z.boolean()),
});
export type SessionChange = z.infer<typeof SessionChange>;

/** The command stands in the inbox, synced. `known` is true where it stood there before. */
export const CommandAccepted = z.object({ commandId: CommandId, known: z.boolean() });
export type CommandAccepted = z.infer<typeof CommandAccepted>;

/** `GET /sessions/:id/state`: what a subscriber is told before its events; the log up to `lastSeq` says the same. */
export const SessionStateView = z.object({
  sessionId: SessionId,
  epoch: z.nullable(z.string()),
  lastSeq: z.int().check(z.nonnegative()),
  isProcessing: z.boolean(),
  runId: z.nullable(RunId),
  pendingPermissions: z.array(
    z.looseObject({
      requestId: RequestId,
      runId: RunId,
      seq: z.int(),
      at: z.string(),
      toolCall: z.looseObject({ toolCallId: z.string() }),
      options: z.array(z.looseObject({ optionId: z.string(), name: z.string(), kind: z.string() })),
    }),
  ),
  /** The open `elicitation_request` events. This and what follows are absent in answers of hosts of before. */
  pendingElicitations: z._default(
    z.array(
      z.looseObject({
        requestId: RequestId,
        runId: RunId,
        seq: z.int(),
        at: z.string(),
        message: z.string(),
        requestedSchema: z.looseObject({}),
        toolCallId: z.optional(z.string()),
      }),
    ),
    [],
  ),
  /** Waiting prompts, the next one first. */
  queue: z._default(
    z.array(
      z.object({
        promptId: PromptId,
        origin: Origin,
        content: z.array(StoredContentBlock),
        at: z.string(),
        sendNow: z.optional(z.boolean()),
      }),
    ),
    [],
  ),
  queueHold: z._default(z.nullable(z.object({ reason: HoldReason, at: z.string() })), null),
  queueVersion: z._default(z.int().check(z.nonnegative()), 0),
  /** The last run ended at the agent's limit. */
  limit: z._default(
    z.nullable(
      z.object({
        promptId: PromptId,
        message: z.string(),
        at: z.string(),
        resetsAt: z.nullable(z.string()),
        /** When the session goes on by itself, if it does. */
        resumesAt: z.nullable(z.string()),
      }),
    ),
    null,
  ),
});
export type SessionStateView = z.infer<typeof SessionStateView>;

/** `GET /healthz` of the host. */
export const HostHealth = z.object({
  part: z.literal('konsole'),
  hostApiVersion: z.int(),
  version: z.string(),
  pid: z.int(),
  home: z.string(),
  sessions: z.int(),
  running: z.int(),
});
export type HostHealth = z.infer<typeof HostHealth>;

/** `GET /sessions/:id/events?after=&before=&limit=` answers log lines (application/x-ndjson) with these headers. */
export const EVENTS_HEADERS = {
  epoch: 'konui-epoch',
  lastSeq: 'konui-last-seq',
  more: 'konui-more',
} as const;

/**
 * First event of `GET /sessions/:id/stream` (SSE `event: opened`): the verdict on the cursor. Unless it is `ok` the
 * stream goes on after seq 0. Every later event is `id: <epoch>:<seq>` and `data: <log line>`.
 */
export const StreamOpened = z.object({
  sessionId: SessionId,
  epoch: z.nullable(z.string()),
  lastSeq: z.int().check(z.nonnegative()),
  cursor: z.enum(['ok', 'ahead', 'epoch_gone']),
});
export type StreamOpened = z.infer<typeof StreamOpened>;
