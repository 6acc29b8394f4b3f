import { z } from 'zod';
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
    clientMessageId: PromptId.optional(),
    content: PromptContent,
    options: z.looseObject({}).optional(),
  }),
  /** Answered by `chat_accepted`. Without a runId it means the run that is open when the host reads it. */
  z.object({
    type: z.literal('chat.abort'),
    sessionId: SessionId,
    runId: RunId.optional(),
    commandId: CommandId.optional(),
  }),
  /** Each session is answered by a `chat_subscribed`, its missing events, and then everything that follows. */
  z.object({
    type: z.literal('chat.subscribe'),
    sessions: z
      .array(z.object({ sessionId: SessionId, lastSeq: Seq.default(0), epoch: z.string().max(64).optional() }))
      .min(1)
      .max(100),
  }),
  z.object({
    type: z.literal('chat.unsubscribe'),
    sessions: z
      .array(z.object({ sessionId: SessionId }))
      .min(1)
      .max(100),
  }),
  /** Answered by `chat_accepted`. */
  z.object({
    type: z.literal('chat.permission-response'),
    sessionId: SessionId,
    requestId: RequestId,
    optionId: z.string().max(1000).optional(),
    allow: z.boolean().optional(),
    message: z.string().max(10_000).optional(),
    commandId: CommandId.optional(),
  }),
  /** Answered by `chat_accepted`. */
  z.object({
    type: z.literal('chat.elicitation-response'),
    sessionId: SessionId,
    requestId: RequestId,
    action: ElicitationAction,
    content: ElicitationContent.optional(),
    commandId: CommandId.optional(),
  }),
  /** Answered by `chat_accepted`. */
  z.object({
    type: z.literal('chat.queue'),
    sessionId: SessionId,
    commandId: CommandId.optional(),
    change: QueueAction,
  }),
  /** Answered by `chat_accepted`. Starts the agent, so that its commands, modes and options are known. */
  z.object({ type: z.literal('chat.prepare'), sessionId: SessionId, commandId: CommandId.optional() }),
  /** Answered by `chat_accepted`. */
  z.object({
    type: z.literal('chat.configure'),
    sessionId: SessionId,
    commandId: CommandId.optional(),
    option: SessionOption,
  }),
  /** Answered by `pong`. Browsers cannot send WebSocket pings, so the heartbeat is a frame. */
  z.object({ type: z.literal('ping') }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;
/** A frame as a client writes it, before defaults and transforms. */
export type ClientFrameInput = z.input<typeof ClientFrame>;
