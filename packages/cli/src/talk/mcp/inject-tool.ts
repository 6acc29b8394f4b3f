import { randomUUID } from 'node:crypto';
import { inject } from '@konui/client';
import { SessionId } from '@konui/protocol';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { answerTool, type ToolContext } from './tool.ts';

/** Lets an agent send a prompt to another session; its own runs are counted (SPEC INJ4). */
export function registerInjectTool(server: McpServer, { options, identity }: ToolContext): void {
  server.registerTool(
    'inject_prompt',
    {
      description:
        'Send a prompt to a Konui session, such as one that works on another project. It is shown there with your name.',
      inputSchema: {
        sessionId: z.string().describe('The session that gets the prompt'),
        text: z.string().min(1),
        policy: z
          .enum(['queue', 'steer', 'interrupt'])
          .optional()
          .describe('While a run goes: wait, wait first, or end it'),
        idempotencyKey: z.string().max(200).optional().describe('The same key again does nothing'),
      },
    },
    ({ sessionId, text, policy, idempotencyKey = randomUUID() }) =>
      answerTool(async () => {
        const causedBy = SessionId.safeParse(identity.sessionId).data;
        return inject(options, {
          sessionId,
          text,
          origin: identity.name,
          ...(policy === undefined ? {} : { policy }),
          idempotencyKey,
          ...(causedBy === undefined ? {} : { causedBy }),
        });
      }),
  );
}
