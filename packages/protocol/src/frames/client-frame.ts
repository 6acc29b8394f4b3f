import * as z from 'zod/mini';
import { PromptContent } from '../content.ts';
import { ElicitationAction, ElicitationContent } from '../events/elicitation-resolved.ts';
import { QueueAction } from '../host/host-api.ts';
import { SessionOption } from '../session-option.ts';
import { CommandId, PromptId, RequestId, RunId, Seq, SessionId } from '../ids.ts';

/** Frames from a client on `/ws`, discriminated by `type`. A new one is a member here and a handler in the gateway. */
export const ClientFrame = z.discriminatedUnion('type', [
  /** Answered by `chat_accepted`. The clientMessageId is the prompt's id; without one the gateway chooses it. */
  z.object({
    type: z.literal('chat.send'),
    sessionId: SessionId,
    clientMessageId: z.optional(PromptId),
    content: PromptContent,
    options: z.optional(z.looseObject({})),
  }),
  /** Answered by `chat_accepted`. Without a runId it means the run that is open when the host reads it. */
  z.object({
    type: z.literal('chat.abort'),
    sessionId: SessionId,
    runId: z.optional(RunId),
    commandId: z.optional(CommandId),
  }),
  /** Each session is answered by a `chat_subscribed`, its missing events, and then everything that follows. */
  z.object({
    type: z.literal('chat.subscribe'),
    sessions: z
      .array(
        z.object({
          sessionId: SessionId,
          lastSeq: z._default(Seq, 0),
          epoch: z.optional(z.string().check(z.maxLength(64))),
        }),
      )
      .check(z.minLength(1), z.maxLength(100)),
  }),
  z.object({
    type: z.literal('chat.unsubscribe'),
    sessions: z.array(z.object({ sessionId: SessionId })).check(z.minLength(1), z.maxLength(100)),
  }),
  /** Answered by `chat_accepted`. */
  z.object({
    type: z.literal('chat.permission-response'),
    sessionId: SessionId,
    requestId: RequestId,
    optionId: z.optional(z.string().check(z.maxLength(1000))),
    allow: z.optional(z.boolean()),
    message: z.optional(z.string().check(z.maxLength(10_000))),
    commandId: z.optional(CommandId),
  }),
  /** Answered by `chat_accepted`. */
  z.object({
    type: z.literal('chat.elicitation-response'),
    sessionId: SessionId,
    requestId: RequestId,
    action: ElicitationAction,
    content: z.optional(ElicitationContent),
    commandId: z.optional(CommandId),
  }),
  /** Answered by `chat_accepted`. */
  z.object({
    type: z.literal('chat.queue'),
    sessionId: SessionId,
    commandId: z.optional(CommandId),
    change: QueueAction,
  }),
  /** Answered by `chat_accepted`. Starts the agent, so that its commands, modes and options are known. */
  z.object({ type: z.literal('chat.prepare'), sessionId: SessionId, commandId: z.optional(CommandId) }),
  /** Answered by `chat_accepted`. */
  z.object({
    type: z.literal('chat.configure'),
    sessionId: SessionId,
    commandId: z.optional(CommandId),
    option: SessionOption,
  }),
  /**
   * Whether a person looks at this client, and at which session: what they see needs no notification. Counts until the
   * next one, or the connection's end.
   */
  z.object({ type: z.literal('client.visibility'), isVisible: z.boolean(), sessionId: z.optional(SessionId) }),
  /** Answered by `pong`. Browsers cannot send WebSocket pings, so the heartbeat is a frame. */
  z.object({ type: z.literal('ping') }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;
/** A frame as a client writes it, before defaults and transforms. */
export type ClientFrameInput = z.input<typeof ClientFrame>;
