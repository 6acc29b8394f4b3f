import * as z from 'zod/mini';
import { Provider } from '../ids.ts';

/** Requests for somebody go to an agent in a project, without a person (SPEC KON8). */
export const HandOverRule = z.object({
  /** As requests name whom they are for. */
  targetUser: z.string().check(z.minLength(1), z.maxLength(200)),
  provider: Provider,
  projectPath: z.string().check(z.startsWith('/'), z.maxLength(4096)),
  /** The permission mode that its runs go by, in sessions of their own. Default: the session's. */
  modeId: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  /** Kept, and nothing is handed over by it. */
  isPaused: z.optional(z.boolean()),
});
export type HandOverRule = z.infer<typeof HandOverRule>;

/** The setting `hand-over`; without it nothing is handed over. */
export const HandOverSetting = z.object({ rules: z.array(HandOverRule).check(z.maxLength(100)) });
export type HandOverSetting = z.infer<typeof HandOverSetting>;
