import * as z from 'zod/mini';
import { Provider } from '../ids.ts';
import { SignIn } from '../sign-in.ts';

/** Konui's own variables are not a person's to set. */
const VariableName = z
  .string()
  .check(z.regex(/^(?!KONUI_)[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'must be the name of a variable, and none of KONUI_…'));
const VariableValue = z.string().check(z.minLength(1), z.maxLength(8192), z.regex(/^[^\0]*$/, 'must not hold a NUL'));

/** What new sessions of an agent begin with, where it offers that. */
export const AgentDefaults = z.object({
  modeId: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  modelId: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  config: z.optional(
    z.record(
      z.string().check(z.minLength(1), z.maxLength(200)),
      z.union([z.string().check(z.maxLength(1000)), z.boolean()]),
    ),
  ),
});
export type AgentDefaults = z.infer<typeof AgentDefaults>;

/** Where a variable comes from: these settings, agents.json, or what Konui was started with. */
export const VariableSource = z.enum(['settings', 'agents.json', 'environment']);
export type VariableSource = z.infer<typeof VariableSource>;

/** `GET /providers/:provider/settings`. It never holds the value of a variable. */
export const AgentSettings = z.object({
  provider: Provider,
  /** Keys that the agent is known to read. */
  keys: z.array(
    z.object({ name: z.string(), label: z.string(), isSet: z.boolean(), source: z.optional(VariableSource) }),
  ),
  /** Other variables that are set for it. */
  environment: z.array(z.object({ name: z.string(), isSet: z.boolean(), source: z.optional(VariableSource) })),
  defaults: AgentDefaults,
  signIn: z.nullable(SignIn),
});
export type AgentSettings = z.infer<typeof AgentSettings>;

/** `PATCH /providers/:provider/settings` → AgentSettings. Null removes a variable; `defaults` replaces all of them. */
export const AgentSettingsChange = z.object({
  environment: z.optional(z.record(VariableName, z.nullable(VariableValue))),
  defaults: z.optional(AgentDefaults),
});
export type AgentSettingsChange = z.infer<typeof AgentSettingsChange>;

/** `POST /providers/:provider/authenticate` → 200 `{ok: true}`, or AGENT_ERROR with the agent's words. */
export const AuthenticateRequest = z.object({ methodId: z.string().check(z.minLength(1), z.maxLength(200)) });
export type AuthenticateRequest = z.infer<typeof AuthenticateRequest>;
