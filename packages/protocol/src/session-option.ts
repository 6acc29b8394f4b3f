import * as z from 'zod/mini';

/** A choice that the agent offers for the session (ACP, "Session Modes", "Session Config Options"; models are unstable there). */
export const SessionOption = z.discriminatedUnion('type', [
  z.object({ type: z.literal('mode'), modeId: z.string().check(z.minLength(1), z.maxLength(200)) }),
  z.object({ type: z.literal('model'), modelId: z.string().check(z.minLength(1), z.maxLength(200)) }),
  z.object({
    type: z.literal('config'),
    configId: z.string().check(z.minLength(1), z.maxLength(200)),
    value: z.union([z.string().check(z.maxLength(1000)), z.boolean()]),
  }),
]);
export type SessionOption = z.infer<typeof SessionOption>;

/** Whether two options are values of one choice, so that the later one takes the place of the other. */
export function isSameChoice(one: SessionOption, other: SessionOption): boolean {
  if (one.type !== 'config' || other.type !== 'config') return one.type === other.type;
  return one.configId === other.configId;
}
