import * as z from 'zod/mini';

/** A way to sign in that the agent offers (ACP `authMethods`). */
export const SignInMethod = z.object({
  id: z.string(),
  name: z.string(),
  description: z.optional(z.string()),
  /** To be run in a terminal; without it, `POST /providers/:provider/authenticate` asks the agent (ACP `authenticate`). */
  command: z.optional(z.array(z.string())),
  env: z.optional(z.record(z.string(), z.string())),
});
export type SignInMethod = z.infer<typeof SignInMethod>;

/** What a person can do about an agent that is not signed in. */
export const SignIn = z.object({
  methods: z.array(SignInMethod),
  /** The agent's own sign-in, for a terminal: program and arguments. */
  command: z.optional(z.array(z.string())),
});
export type SignIn = z.infer<typeof SignIn>;
