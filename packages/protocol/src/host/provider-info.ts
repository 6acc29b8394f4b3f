import * as z from 'zod/mini';
import { Provider } from '../ids.ts';

/** An agent that can be chosen for a new session. */
export const ProviderInfo = z.object({
  provider: Provider,
  name: z.string(),
  source: z.enum(['catalogue', 'agents.json']),
  /** `ready`: found on the machine; `installable`: installed at its first prompt; `missing`: `hint` says what to do. */
  status: z.enum(['ready', 'installable', 'missing']),
  isDemo: z.boolean(),
  installMegabytes: z.optional(z.number()),
  hint: z.optional(z.string()),
  /** What its last start said of its sign-in; `unknown` before one. */
  signIn: z.optional(z.enum(['needed', 'unknown', 'done'])),
});
export type ProviderInfo = z.infer<typeof ProviderInfo>;
