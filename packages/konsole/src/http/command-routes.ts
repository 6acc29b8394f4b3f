import {
  type CommandAccepted,
  ConfigureRequest,
  ElicitationAnswer,
  PermissionAnswer,
  PrepareRequest,
  PromptRequest,
  QueueRequest,
  type SessionId,
  StopRequest,
} from '@konui/protocol';
import type { Hono } from 'hono';
import type { z } from 'zod';
import type { HostEnvironment } from './create-app.ts';
import { parseJsonBody } from './json-body.ts';
import { parseSessionId } from './path-ids.ts';

export interface CommandRoutes {
  readonly commands: {
    prompt(sessionId: SessionId, request: PromptRequest): Promise<CommandAccepted>;
    stop(sessionId: SessionId, request: StopRequest): Promise<CommandAccepted>;
    answerPermission(sessionId: SessionId, answer: PermissionAnswer): Promise<CommandAccepted>;
    answerElicitation(sessionId: SessionId, answer: ElicitationAnswer): Promise<CommandAccepted>;
    prepare(sessionId: SessionId, request: PrepareRequest): Promise<CommandAccepted>;
    configure(sessionId: SessionId, request: ConfigureRequest): Promise<CommandAccepted>;
    changeQueue(sessionId: SessionId, request: QueueRequest): Promise<CommandAccepted>;
  };
}

export function registerCommandRoutes(app: Hono<HostEnvironment>, { commands }: CommandRoutes): void {
  const register = <T>(
    name: string,
    schema: z.core.$ZodType<T>,
    accept: (sessionId: SessionId, request: T) => Promise<CommandAccepted>,
  ): void => {
    app.post(`/sessions/:id/${name}`, async (context) => {
      const sessionId = parseSessionId(context.req.param('id'));
      return context.json(await accept(sessionId, await parseJsonBody(context.env.incoming, schema)), 202);
    });
  };
  register('prompt', PromptRequest, (...command) => commands.prompt(...command));
  register('stop', StopRequest, (...command) => commands.stop(...command));
  register('permission', PermissionAnswer, (...command) => commands.answerPermission(...command));
  register('elicitation', ElicitationAnswer, (...command) => commands.answerElicitation(...command));
  register('queue', QueueRequest, (...command) => commands.changeQueue(...command));
  register('prepare', PrepareRequest, (...command) => commands.prepare(...command));
  register('configure', ConfigureRequest, (...command) => commands.configure(...command));
}
