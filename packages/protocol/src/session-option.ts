import { z } from 'zod';

/** A choice that the agent offers for the session (ACP, "Session Modes", "Session Config Options"; models are unstable there). */
export const SessionOption = z.discriminatedUnion('type', [
  z.object({ type: z.literal('mode'), modeId: z.string().min(1).max(200) }),
  z.object({ type: z.literal('model'), modelId: z.string().min(1).max(200) }),
  z.object({
    type: z.literal('config'),
    configId: z.string().min(1).max(200),
    value: z.union([z.string().max(1000), z.boolean()]),
  }),
]);
export type SessionOption = z.infer<typeof SessionOption>;
