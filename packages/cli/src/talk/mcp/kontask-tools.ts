import { randomUUID } from 'node:crypto';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { answerTool, type ToolContext } from './tool.ts';

/** Agents that go by these ask nobody: the tools leave records, and reach nothing but this Konui. */
const annotations = { readOnlyHint: false, destructiveHint: false, openWorldHint: false };

const context = {
  output: z
    .string()
    .optional()
    .describe('The report as HTML with inline styles; it is shown without scripts and network'),
  commitSha: z.string().optional().describe('The git commit that it is about'),
  choices: z
    .array(z.object({ label: z.string(), value: z.string(), primary: z.boolean().optional() }))
    .optional()
    .describe('Buttons for the person: each sends its value as a prompt'),
};
const fields = {
  title: z.string().min(1).max(500),
  description: z.string().max(10_000).optional().describe('One sentence'),
  type: z.string().optional(),
  scope: z.string().optional().describe('The project'),
  tags: z.array(z.string()).optional(),
};

/** Reports and requests, for agents (B10). */
export function registerKontaskTools(server: McpServer, { kontasks, identity }: ToolContext): void {
  const contextOf = ({ output, commitSha, choices }: z.infer<z.ZodObject<typeof context>>) => ({
    ...(output === undefined ? {} : { output }),
    ...(commitSha === undefined ? {} : { commitSha }),
    ...(choices === undefined ? {} : { choices }),
  });

  server.registerTool(
    'kontask_create',
    {
      annotations,
      description:
        'Leave a report for the person (a summary, a table, a question with choices), or with targetUser a request for another agent.',
      inputSchema: {
        ...fields,
        ...context,
        targetUser: z.string().optional().describe('For a request: whom it is for'),
      },
    },
    ({ output, commitSha, choices, ...rest }) =>
      answerTool(async () => {
        const { kontask } = await kontasks.create({
          // Asked again after a gateway's death, it is made once (SPEC KON1).
          id: randomUUID(),
          ...rest,
          context: contextOf({ output, commitSha, choices }),
          ...(identity.sessionId === undefined ? {} : { sessionId: identity.sessionId }),
        });
        return { id: kontask.id, status: kontask.status };
      }),
  );

  server.registerTool(
    'kontask_list_requests',
    {
      annotations: { ...annotations, readOnlyHint: true },
      description: 'List the requests that wait for you, newest first.',
      inputSchema: {},
    },
    () => answerTool(async () => (await kontasks.list({ status: 'requested', targetUser: identity.name })).kontasks),
  );

  server.registerTool(
    'kontask_claim',
    {
      annotations,
      description: 'Take a request, so that no other agent does it too. Read the answer: it holds what is asked.',
      inputSchema: { id: z.string() },
    },
    ({ id }) => answerTool(async () => (await kontasks.claim(id, identity.name)).kontask),
  );

  server.registerTool(
    'kontask_update',
    {
      annotations,
      description: 'Change a kontask: its title, description, tags, output or choices. What you leave out stays.',
      inputSchema: { id: z.string(), ...fields, title: fields.title.optional(), ...context },
    },
    ({ id, output, commitSha, choices, ...rest }) =>
      answerTool(async () => {
        const given = contextOf({ output, commitSha, choices });
        const change = { ...rest, ...(Object.keys(given).length === 0 ? {} : { context: given }) };
        const { kontask } = await kontasks.change(id, change);
        return { id: kontask.id, status: kontask.status };
      }),
  );

  server.registerTool(
    'kontask_complete',
    {
      annotations,
      description: 'Finish a request (or report that it failed) with what came of it as output.',
      inputSchema: { id: z.string(), hasFailed: z.boolean().optional(), description: fields.description, ...context },
    },
    ({ id, hasFailed, description, output, commitSha, choices }) =>
      answerTool(async () => {
        const given = contextOf({ output, commitSha, choices });
        const { kontask } = await kontasks.change(id, {
          status: hasFailed === true ? 'failed' : 'completed',
          ...(description === undefined ? {} : { description }),
          ...(Object.keys(given).length === 0 ? {} : { context: given }),
        });
        return { id: kontask.id, status: kontask.status };
      }),
  );
}
