import * as z from 'zod/mini';
import { CommandId, PromptId, SessionId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { isPlainText, Kontask, KontaskContext, KontaskId, KontaskStatus, NewKontaskId } from './kontask.ts';

/** A row of the list: only these fields, since the others may be long (SPEC KON7). */
export const KontaskSummary = z.object({
  id: KontaskId,
  type: z.string(),
  status: KontaskStatus,
  title: z.string(),
  description: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  scope: z.optional(z.string()),
  tags: z.array(z.string()),
  targetUser: z.optional(z.string()),
  sessionId: z.optional(SessionId),
  version: z.int(),
  /** Nobody has opened it since it came or was last completed. */
  isUnread: z.boolean(),
});
export type KontaskSummary = z.infer<typeof KontaskSummary>;

/** Who did what when: `created`, `imported`, a status, or the names of the fields that changed. */
export const KontaskChangeRecord = z.object({
  at: z.string(),
  by: Origin,
  change: z.string(),
});
export type KontaskChangeRecord = z.infer<typeof KontaskChangeRecord>;

/** A quick action that was taken: the prompt that it became. */
export const KontaskAction = z.object({
  choiceIndex: z.int().check(z.nonnegative()),
  at: z.string(),
  by: Origin,
  sessionId: SessionId,
  promptId: PromptId,
});
export type KontaskAction = z.infer<typeof KontaskAction>;

/** `GET /api/kontasks/:id`; its ETag is the version in quotes. */
export const KontaskAnswer = z.object({
  kontask: Kontask,
  version: z.int(),
  isUnread: z.boolean(),
  history: z.array(KontaskChangeRecord),
  actions: z.array(KontaskAction),
});
export type KontaskAnswer = z.infer<typeof KontaskAnswer>;

/** `GET /api/kontasks`: newest first. */
export const KontaskList = z.object({
  kontasks: z.array(KontaskSummary),
  nextCursor: z.nullable(z.string()),
  total: z.int(),
  unread: z.int(),
});
export type KontaskList = z.infer<typeof KontaskList>;

const text = (max: number) => z.string().check(z.maxLength(max));
/** What is written: SPEC KON1. */
const plain = (max: number) =>
  text(max).check(z.refine(isPlainText, 'must hold neither NUL nor half of a surrogate pair'));
const name = plain(200).check(z.minLength(1, 'must not be empty'));
const title = plain(500).check(z.trim(), z.minLength(1));
const tags = z.array(name).check(z.maxLength(50));

export const KontaskQuery = z.object({
  status: z.optional(KontaskStatus),
  type: z.optional(text(200)),
  scope: z.optional(text(200)),
  /** Several (`tag=a&tag=b`): all of them. */
  tag: z.optional(z.union([text(200), z.array(text(200)).check(z.maxLength(50))])),
  targetUser: z.optional(text(200)),
  q: z.optional(text(500)),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50),
  /** The `nextCursor` of the page before. */
  cursor: z.optional(z.string().check(z.regex(/^-?\d{1,16}:\d{1,16}$/, 'must be the nextCursor of a list'))),
});
export type KontaskQuery = z.infer<typeof KontaskQuery>;

/**
 * `POST /api/kontasks`. With an `id` that is known and the same content it answers that kontask (200), with other
 * content IDEMPOTENCY_CONFLICT. Unknown fields are kept.
 */
export const NewKontask = z.looseObject({
  id: z.optional(NewKontaskId),
  type: z._default(name, 'general'),
  /** Default: `requested` with a targetUser and no output, else `completed`. */
  status: z.optional(KontaskStatus),
  title,
  description: z._default(plain(10_000), ''),
  context: z._default(KontaskContext, {}),
  scope: z.optional(name),
  tags: z._default(tags, []),
  targetUser: z.optional(name),
  sessionId: z.optional(SessionId),
  requestId: z.optional(plain(200)),
});
export type NewKontask = z.infer<typeof NewKontask>;
export type NewKontaskInput = z.input<typeof NewKontask>;

/** `POST /api/kontasks/import`: all fields are kept as they are, also dates and unknown ones (B12). */
export const ImportedKontask = z.extend(Kontask, {
  id: NewKontaskId,
  type: name,
  title: plain(500).check(z.minLength(1)),
  description: plain(10_000),
  createdBy: name,
  requestId: z.optional(plain(200)),
  scope: z.optional(name),
  tags,
  targetUser: z.optional(name),
});

/**
 * `PATCH /api/kontasks/:id` with `If-Match`. What is left out stays, `null` takes the field away (as in RFC 7396);
 * `context` is merged field by field. Other fields cannot be changed.
 */
export const KontaskChange = z.strictObject(
  {
    status: z.optional(KontaskStatus),
    title: z.optional(title),
    description: z.optional(plain(10_000)),
    context: z.optional(KontaskContext),
    scope: z.optional(z.nullable(name)),
    tags: z.optional(tags),
    targetUser: z.optional(z.nullable(name)),
    type: z.optional(name),
    sessionId: z.optional(z.nullable(SessionId)),
  },
  // With another code the words are those of the locale.
  {
    error: (issue) => (issue.code === 'unrecognized_keys' ? `cannot be changed: ${issue.keys.join(', ')}` : undefined),
  },
);
export type KontaskChange = z.infer<typeof KontaskChange>;

/**
 * `POST /api/kontasks/:id/choices/:index`: the id makes a resend act once; a deliberate repeat has another (B5). With the
 * `value` that a person read on the button nothing else is sent in its place.
 */
export const ChoiceRequest = z.object({
  promptId: PromptId,
  sessionId: z.optional(SessionId),
  value: z.optional(z.string()),
});
export type ChoiceRequest = z.infer<typeof ChoiceRequest>;

/** `POST /api/kontasks/:id/claim`: an agent takes a request; the second one gets KONTASK_STATE (B10). */
export const ClaimRequest = z.object({ claimId: CommandId, by: name });
export type ClaimRequest = z.infer<typeof ClaimRequest>;
