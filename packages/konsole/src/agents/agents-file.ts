import { readFileSync } from 'node:fs';
import { KonuiError, Provider } from '@konui/protocol';
import { z } from 'zod';

const AgentEntry = z.strictObject({
  name: z.string().min(1).optional(),
  /** A name to be found on the PATH, or a path; a relative one starts at the file's folder. */
  command: z.string().min(1),
  args: z.array(z.string()).default([]),
  env: z.record(z.string(), z.string()).default({}),
});

/** `agents.json`: agents that a person added, or that stand in for those of the catalogue. */
const AgentsFile = z.strictObject({
  $schema: z.string().optional(),
  agents: z.record(Provider, AgentEntry).default({}),
});

export type AgentEntry = z.infer<typeof AgentEntry>;

/** The entries by provider, in the file's order. */
export type AgentEntries = ReadonlyMap<string, AgentEntry>;

/** Reads agents.json; none is as good as an empty one. Throws KonuiError AGENTS_FILE_INVALID. */
export function readAgentsFile(path: string): AgentEntries {
  const text = readIfThere(path);
  if (text === undefined) return new Map();
  const parsed = AgentsFile.safeParse(parseJson(path, text));
  if (!parsed.success) throw invalid(path, parsed.error.issues.map(toSentence).join('; '), parsed.error);
  return new Map(Object.entries(parsed.data.agents));
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw invalid(path, `it cannot be read (${messageOf(error)})`, error);
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(path, `it is no JSON (${messageOf(error)})`, error);
  }
}

function toSentence(issue: z.core.$ZodIssue): string {
  const where = issue.path.length > 0 ? `at ${issue.path.map(String).join('.')}: ` : '';
  // For a key of a record zod says only that it is invalid, and keeps the reason beside it.
  const reasons =
    issue.code === 'invalid_key' ? issue.issues.map((inner) => `the name ${inner.message}`) : [issue.message];
  return `${where}${reasons.join(', ')}`;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function invalid(path: string, problem: string, cause: unknown): KonuiError {
  const expected = '{"agents": {"<provider>": {"name": "…", "command": "…", "args": ["…"], "env": {"…": "…"}}}}';
  const detail = `${path} is not usable: ${problem}. Correct or remove the file; it has the form ${expected}`;
  return new KonuiError('AGENTS_FILE_INVALID', detail, { cause });
}
