import * as z from 'zod/mini';
import { Provider, SessionId } from '../ids.ts';

/** `sessions/<id>/session.json`, written by konsole alone. */
export const SessionRecord = z.object({
  sessionId: SessionId,
  provider: Provider,
  projectPath: z.string(),
  title: z.nullable(z.string()),
  createdAt: z.string(),
  archived: z.boolean(),
  deleted: z.boolean(),
  /** Absent in records of before it was there. */
  resumeAfterLimit: z._default(z.boolean(), false),
});
export type SessionRecord = z.infer<typeof SessionRecord>;

/** `sessions/<id>/agent.json`, written by the runner before the first prompt. It never leaves the machine. */
export const AgentRecord = z.object({ provider: Provider, agentSessionId: z.string(), createdAt: z.string() });
export type AgentRecord = z.infer<typeof AgentRecord>;

/** `run/konui.json`, written by the gateway when it listens and removed when it leaves. */
export const GatewayRecord = z.object({
  pid: z.int().check(z.positive()),
  /** Start time of the process as the system counts it, so that a reused pid is not taken for the gateway. */
  startTime: z.string(),
  bootId: z.string(),
  /** Where a browser reaches it, without a trailing slash. */
  url: z.string(),
  host: z.string(),
  port: z.int(),
  version: z.string(),
  /** Command line flags to start it again with. */
  args: z.array(z.string()),
});
export type GatewayRecord = z.infer<typeof GatewayRecord>;
