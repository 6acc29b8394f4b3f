import * as z from 'zod/mini';
import { MAX_PROMPT_IMAGES, PromptImage } from '../content.ts';
import { PromptId, RequestId, RunId, Seq, SessionId, Sha256 } from '../ids.ts';
import { InjectPolicy } from '../inject.ts';
import { KontaskSummary } from '../kontask/kontask-api.ts';
import { Origin } from '../origin.ts';

const images = z.optional(z.array(PromptImage).check(z.maxLength(MAX_PROMPT_IMAGES)));

/** Messages from a client on `/api/console/ws`, discriminated by `type`. */
export const ConsoleClientMessage = z.discriminatedUnion('type', [
  /** The id is the prompt's: sending it again changes nothing. Without one the gateway chooses it. */
  z.object({
    type: z.literal('prompt'),
    /** May be empty where an image comes with it. */
    text: z.string(),
    /** Besides those that came as binary frames, and after them (SPEC CON9). */
    images,
    id: z.optional(PromptId),
  }),
  /** Stops that run, where it is named; else the one that is open when the host reads it. */
  z.object({ type: z.literal('cancel'), runId: z.optional(RunId) }),
  z
    .object({
      type: z.literal('permission'),
      requestId: RequestId,
      optionId: z.optional(z.string().check(z.maxLength(1000))),
      allow: z.optional(z.boolean()),
    })
    .check(
      z.refine(({ optionId, allow }) => optionId !== undefined || allow !== undefined, {
        error: 'needs optionId or allow',
      }),
    ),
  /** As `POST /api/console/inject` does; the session is the socket's. */
  z.object({
    type: z.literal('inject'),
    text: z.string().check(z.minLength(1)),
    images,
    policy: z.optional(InjectPolicy),
    origin: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(200))),
    idempotencyKey: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  }),
  z.object({ type: z.literal('ping') }),
]);
export type ConsoleClientMessage = z.infer<typeof ConsoleClientMessage>;

/**
 * What the session is doing. `limited` and `stopped` say how the last run ended: its quota was used up, or somebody
 * stopped it.
 */
export const ConsoleState = z.enum(['idle', 'working', 'waiting', 'limited', 'stopped']);
export type ConsoleState = z.infer<typeof ConsoleState>;

/** An image that the agent, or somebody's prompt, shows (SPEC CON10). */
export const ConsoleImage = z.object({
  attachment: Sha256,
  /** As whoever sent it says; the bytes decide. */
  mimeType: z.string(),
  byteLength: z.int().check(z.nonnegative()),
  /** Where the bytes are served, on the gateway's origin, to the same sign-in. */
  url: z.string(),
  /** The bytes are one of the binary frames right after this message. */
  follows: z.optional(z.literal(true)),
});
export type ConsoleImage = z.infer<typeof ConsoleImage>;

const shownImages = z.optional(z.array(ConsoleImage));

/** Messages to a client on `/api/console/ws`. `seq` is that of the event that a message comes from. */
export const ConsoleServerMessage = z.discriminatedUnion('type', [
  /** Which session this socket is for, and how far its log goes; again when an epoch begins. */
  z.object({ type: z.literal('session'), sessionId: SessionId, epoch: z.nullable(z.string()), lastSeq: Seq }),
  /** What the agent says, piece by piece. */
  z.object({
    type: z.literal('output'),
    seq: Seq,
    content: z.string(),
    /** The whole text is this attachment of the session; `content` is its beginning (SPEC SEQ7). */
    attachment: z.optional(z.string()),
    images: shownImages,
  }),
  /** Again with the same toolCallId when the agent tells more of the call's input, or the call shows an image. */
  z.object({
    type: z.literal('tool_call'),
    seq: Seq,
    toolCallId: z.string(),
    /** The call's title, as the agent words it. */
    name: z.string(),
    input: z.unknown(),
    /** Those that no earlier message of the call has. */
    images: shownImages,
  }),
  /** A prompt that did not come from this socket. */
  z.object({
    type: z.literal('inject_prompt'),
    seq: Seq,
    id: PromptId,
    text: z.string(),
    origin: Origin,
    images: shownImages,
  }),
  /** A prompt, inject, permission or cancel of this socket stands in the session's inbox, named as its error would be. */
  z.object({
    type: z.literal('accepted'),
    /** The prompt's, also an injected one's. */
    id: z.optional(z.string()),
    requestId: z.optional(z.string()),
    idempotencyKey: z.optional(z.string()),
    /** The inject waits for a person's review, in this kontask. */
    kontaskId: z.optional(z.string()),
  }),
  /** An image that came as a binary frame is on the disk; whatever becomes of its prompt, `attachment` names it. */
  z.object({
    type: z.literal('image_stored'),
    /** Which of the socket's binary frames it was, counted from 1. */
    image: z.int().check(z.positive()),
    attachment: Sha256,
    mimeType: z.string(),
    byteLength: z.int().check(z.nonnegative()),
  }),
  z.object({
    type: z.literal('status'),
    seq: Seq,
    state: ConsoleState,
    /** The prompt that was queued or has begun. */
    id: z.optional(PromptId),
    /** The run that has begun. */
    runId: z.optional(RunId),
    /** The permission that is no longer open. */
    requestId: z.optional(RequestId),
    /** Why it is `limited`, in the agent's words. */
    message: z.optional(z.string()),
    /** When the limit ends (ISO 8601), where the agent says so. */
    resetsAt: z.optional(z.string()),
  }),
  z.object({
    type: z.literal('permission_request'),
    seq: Seq,
    requestId: RequestId,
    toolCall: z.looseObject({ toolCallId: z.string() }),
    options: z.array(z.looseObject({ optionId: z.string(), name: z.string(), kind: z.string() })),
  }),
  /** The end of a run, with the fields of its event. */
  z.looseObject({
    type: z.literal('complete'),
    seq: Seq,
    runId: z.string(),
    actualSessionId: SessionId,
    stopReason: z.string(),
    exitCode: z.int(),
    success: z.boolean(),
    aborted: z.boolean(),
  }),
  /** Something failed; the socket stays open. With a `seq` it is an event of the session. */
  z.object({
    type: z.literal('error'),
    code: z.string(),
    error: z.string(),
    retryable: z.boolean(),
    seq: z.optional(Seq),
    /** The prompt that it is about. */
    id: z.optional(z.string()),
    /** The permission's answer that it is about. */
    requestId: z.optional(z.string()),
    /** The inject that it is about. */
    idempotencyKey: z.optional(z.string()),
    /** The binary frame that it is about, counted from 1. */
    image: z.optional(z.int().check(z.positive())),
  }),
  /** A kontask of this session, or one that belongs to none, came or changed. */
  z.object({ type: z.literal('kontask'), kontask: KontaskSummary }),
  z.object({ type: z.literal('pong') }),
]);
export type ConsoleServerMessage = z.infer<typeof ConsoleServerMessage>;
