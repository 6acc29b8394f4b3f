import * as z from 'zod/mini';

/** Who or what acted: recorded with every prompt, stop and answer. Never holds a secret. */
export const Origin = z.discriminatedUnion('type', [
  /** A person: the access token's id (not the token), the device's name, the user of platform mode. */
  z.object({
    type: z.literal('person'),
    tokenId: z.optional(z.string()),
    device: z.optional(z.string().check(z.maxLength(200))),
    user: z.optional(z.string().check(z.maxLength(200))),
  }),
  /** A script: a short string that names it. */
  z.object({
    type: z.literal('inject'),
    name: z.string().check(z.maxLength(200)),
    tokenId: z.optional(z.string()),
    /** How many injected prompts led to this one, itself included (SPEC INJ4). */
    depth: z.optional(z.int()),
  }),
  z.object({ type: z.literal('kontask'), kontaskId: z.string(), tokenId: z.optional(z.string()) }),
  z.object({ type: z.literal('schedule'), name: z.string().check(z.maxLength(200)) }),
  z.object({ type: z.literal('editor'), name: z.string().check(z.maxLength(200)) }),
  /** Konui itself, with the reason: `stopped`, `run_ended`, `agent_exited`, `runner_died`, `limit_reset`, `deleted`. */
  z.object({ type: z.literal('system'), reason: z.string() }),
]);
export type Origin = z.infer<typeof Origin>;
