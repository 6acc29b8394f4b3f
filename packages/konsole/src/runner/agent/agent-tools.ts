import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MARKER_VARIABLE, toMarker } from './marked-processes.ts';

/** What a session's agent is given beside its own tools, in the shape of ACP's `session/new`. */
export interface AgentTools {
  readonly mcpServers: readonly McpServer[];
  readonly _meta?: Readonly<Record<string, unknown>>;
}

/** ACP `McpServerStdio`. */
interface McpServer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
}

export interface AgentToolsOptions {
  /** An absolute path. */
  readonly home: string;
  readonly sessionId: string;
  /** How kontasks name the agent. */
  readonly provider: string;
  readonly startId: string;
  /** The agent's. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export const NO_TOOLS: AgentTools = { mcpServers: [] };

/** Those that leave or read records; `inject_prompt` starts work elsewhere, and is asked about. */
const HARMLESS = ['kontask_create', 'kontask_list_requests', 'kontask_claim', 'kontask_update', 'kontask_complete'];

/**
 * The kontask tools, served by this home's command; none where the home has no command (a host without a launcher) or
 * KONUI_NO_TOOLS says so in the agent's environment.
 */
export function findAgentTools({ home, sessionId, provider, startId, environment }: AgentToolsOptions): AgentTools {
  const command = join(home, 'bin', 'konui');
  if (!['', '0', 'false', undefined].includes(environment['KONUI_NO_TOOLS']) || !existsSync(command)) return NO_TOOLS;
  const args = ['mcp', '--home', home, '--session', sessionId, '--provider', provider];
  // Agents hand a few variables to their servers, and the marker is not among them: without it nobody would end this one.
  const env = [{ name: MARKER_VARIABLE, value: toMarker(sessionId, startId) }];
  return {
    mcpServers: [{ name: 'konui', command, args, env }],
    // Claude Code (claude-agent-acp 0.100.0) asks about every tool of a server; Codex goes by the tools' annotations.
    _meta: { claudeCode: { options: { allowedTools: HARMLESS.map((tool) => `mcp__konui__${tool}`) } } },
  };
}
