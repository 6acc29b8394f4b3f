import { z } from 'zod';

/** The tools that scenarios ask for; each agent offers them under names of its own (`logical-tools.ts`). */
export const LogicalTool = z.enum(['shell', 'read', 'write', 'edit', 'todo', 'mcp', 'ask']);
export type LogicalTool = z.infer<typeof LogicalTool>;

/** The ways a model's API refuses; each dialect has status codes and bodies of its own for them. */
export const ModelFailure = z.enum(['rate_limit', 'overloaded', 'quota', 'auth', 'context', 'server']);
export type ModelFailure = z.infer<typeof ModelFailure>;

/** One thing that the model does in a turn. */
export type Step =
  | { do: 'text'; text: string }
  /** One reasoning delta for each part. */
  | { do: 'think'; parts: readonly string[] }
  /** Numbered words, one delta each, `everyMs` apart; stamped with the time of sending on demand. */
  | { do: 'words'; count: number; everyMs: number; isStamped: boolean }
  /** A text in deltas of a few characters. */
  | { do: 'type'; text: string; charsEach: number; everyMs: number }
  | { do: 'tool'; tool: string; args: ToolArgs }
  | { do: 'sleep'; ms: number }
  /** Waits until the test opens this gate. */
  | { do: 'wait'; gate: string }
  /** Says nothing more and keeps the connection open. */
  | { do: 'hang' }
  /** Cuts the connection. */
  | { do: 'drop' }
  /** An HTTP error as the first step, an error in the stream later. With `times`, only that often. */
  | { do: 'fail'; failure: ModelFailure; times?: number | undefined; retryAfterSeconds?: number | undefined };

export type Turn = readonly Step[];
export type ToolArgs = Readonly<Record<string, unknown>>;

/** What may stand in a marker: `[[edit {"path": "/abs/file"}]]`. Each scenario reads a few of them. */
export const ScenarioParams = z
  .object({
    count: z.int(),
    everyMs: z.number(),
    charsEach: z.int(),
    stamp: z.boolean(),
    path: z.string(),
    content: z.string(),
    old: z.string(),
    new: z.string(),
    command: z.string(),
    /** Whether Codex must ask before it runs the command (otherwise its sandbox decides). */
    ask: z.boolean(),
    text: z.string(),
    question: z.string(),
    options: z.array(z.string()),
    name: z.string(),
    args: z.record(z.string(), z.unknown()),
    gate: z.string(),
    kind: ModelFailure,
    times: z.int(),
    retryAfter: z.number(),
    /** Tells apart two markers that would otherwise share their count of `times`. */
    id: z.union([z.string(), z.number()]),
  })
  .partial();
export type ScenarioParams = z.infer<typeof ScenarioParams>;

/** The turns of the model, from a marked prompt on; between two of them the agent calls a tool. */
export type Scenario = (params: ScenarioParams) => readonly Turn[];
