import { z } from 'zod';

/** Who or what acted: recorded with every prompt, stop and answer. Never holds a secret. */
export const Origin = z.discriminatedUnion('type', [
  /** A person: the access token's id (not the token), the device's name, the user of platform mode. */
  z.object({
    type: z.literal('person'),
    tokenId: z.string().optional(),
    device: z.string().max(200).optional(),
    user: z.string().max(200).optional(),
  }),
  /** A script: a short string that names it. */
  z.object({ type: z.literal('inject'), name: z.string().max(200), tokenId: z.string().optional() }),
  z.object({ type: z.literal('kontask'), kontaskId: z.string(), tokenId: z.string().optional() }),
  z.object({ type: z.literal('schedule'), name: z.string().max(200) }),
  z.object({ type: z.literal('editor'), name: z.string().max(200) }),
  /** Konui itself, with the reason: `stopped`, `run_ended`, `agent_exited`, `runner_died`, `limit_reset`, `deleted`. */
  z.object({ type: z.literal('system'), reason: z.string() }),
]);
export type Origin = z.infer<typeof Origin>;
