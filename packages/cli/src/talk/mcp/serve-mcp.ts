import { type ApiOptions, createKontasksApi } from '@konui/client';
import { VERSION } from '@konui/protocol';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { GatewayAddress } from '../find-gateway.ts';
import { followGateway } from './follow-gateway.ts';
import { registerInjectTool } from './inject-tool.ts';
import { registerKontaskTools } from './kontask-tools.ts';
import { watchRequests } from './pending-requests.ts';
import type { ToolContext } from './tool.ts';

/** The session that the tools are for. */
export interface McpIdentity {
  readonly sessionId: string | undefined;
  /** How kontasks name the agent: `claude`. */
  readonly provider: string | undefined;
}

export interface McpOptions {
  readonly identity: McpIdentity;
  /** Where the gateway is now; undefined while none runs. */
  readonly find: () => GatewayAddress | undefined;
  readonly signal: AbortSignal;
}

/** Paths are all that counts of an address here: the gateway that runs is found anew for each call. */
const ANY_GATEWAY = 'http://konui.invalid';

/** Serves the tools over stdio (MCP, "stdio transport") until stdin ends and what was called is answered. */
export async function serveMcp({ identity, find, signal }: McpOptions): Promise<void> {
  const { sessionId, provider = 'agent' } = identity;
  const options: ApiOptions = {
    baseUrl: ANY_GATEWAY,
    getToken: () => undefined,
    fetch: followGateway({ find, signal }),
  };
  const server = new McpServer({ name: 'konui', version: VERSION });
  const kontasks = createKontasksApi({ ...options, actingAs: provider });
  const context: ToolContext = { options, kontasks, identity: { sessionId, name: provider } };
  registerKontaskTools(server, context);
  registerInjectTool(server, context);
  const transport = new StdioServerTransport();
  await server.connect(transport);
  const requests = watchRequests(transport);
  await new Promise<void>((resolve) => {
    server.server.onclose = resolve;
    process.stdin.once('end', () => void requests.settled().then(resolve));
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.close();
}
