import * as z from 'zod/mini';
import { MAX_PROMPT_IMAGES, PromptImage } from './content.ts';
import { PromptId, SessionId } from './ids.ts';

/**
 * What happens while a run goes. `queue`: the prompt waits for its end, behind what waits already. `steer`: it waits in
 * front of what waits (ACP 1 has no way into a running prompt). `interrupt`: the run is ended and the prompt begins.
 */
export const InjectPolicy = z.enum(['queue', 'steer', 'interrupt']);
export type InjectPolicy = z.infer<typeof InjectPolicy>;

/** `POST /api/console/inject`, and the console socket's `inject` (SPEC INJ). */
export const InjectRequest = z.object({
  /** Default: the newest session that the token may use. */
  sessionId: z.optional(SessionId),
  text: z.string().check(z.minLength(1), z.maxLength(10_000_000)),
  images: z.optional(z.array(PromptImage).check(z.maxLength(MAX_PROMPT_IMAGES))),
  policy: z._default(InjectPolicy, 'queue'),
  /** Names the script; default: the access token's name. */
  origin: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(200))),
  /** The same key with the same content is done once; with other content it is IDEMPOTENCY_CONFLICT. */
  idempotencyKey: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  /** The session whose agent calls, so that its injected runs are counted (SPEC INJ4). */
  causedBy: z.optional(SessionId),
});
export type InjectRequest = z.infer<typeof InjectRequest>;
export type InjectRequestInput = z.input<typeof InjectRequest>;

export const InjectAnswer = z.object({
  sessionId: SessionId,
  /** Null where the prompt waits for a person's review: it is the kontask's quick action. */
  promptId: z.nullable(PromptId),
  kontaskId: z.optional(z.string()),
  policy: InjectPolicy,
});
export type InjectAnswer = z.infer<typeof InjectAnswer>;

/** Type of the kontask that holds an injected prompt for a person's review (SPEC INJ5). */
export const REVIEW_TYPE = 'inject-review';

/** Injected runs that inject in turn: beyond this one may well go round in circles. */
export const MAX_INJECT_DEPTH = 3;
