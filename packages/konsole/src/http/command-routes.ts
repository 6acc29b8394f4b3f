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
  app.post('/sessions/:id/prompt', async (context) => {
    const sessionId = parseSessionId(context.req.param('id'));
    return context.json(
      await commands.prompt(sessionId, await parseJsonBody(context.env.incoming, PromptRequest)),
      202,
    );
  });
  app.post('/sessions/:id/stop', async (context) => {
    const sessionId = parseSessionId(context.req.param('id'));
    return context.json(await commands.stop(sessionId, await parseJsonBody(context.env.incoming, StopRequest)), 202);
  });
  app.post('/sessions/:id/permission', async (context) => {
    const sessionId = parseSessionId(context.req.param('id'));
    return context.json(
      await commands.answerPermission(sessionId, await parseJsonBody(context.env.incoming, PermissionAnswer)),
      202,
    );
  });
  app.post('/sessions/:id/elicitation', async (context) => {
    const sessionId = parseSessionId(context.req.param('id'));
    return context.json(
      await commands.answerElicitation(sessionId, await parseJsonBody(context.env.incoming, ElicitationAnswer)),
      202,
    );
  });
  app.post('/sessions/:id/queue', async (context) => {
    const sessionId = parseSessionId(context.req.param('id'));
    return context.json(
      await commands.changeQueue(sessionId, await parseJsonBody(context.env.incoming, QueueRequest)),
      202,
    );
  });
  app.post('/sessions/:id/prepare', async (context) => {
    const sessionId = parseSessionId(context.req.param('id'));
    return context.json(
      await commands.prepare(sessionId, await parseJsonBody(context.env.incoming, PrepareRequest)),
      202,
    );
  });
  app.post('/sessions/:id/configure', async (context) => {
    const sessionId = parseSessionId(context.req.param('id'));
    return context.json(
      await commands.configure(sessionId, await parseJsonBody(context.env.incoming, ConfigureRequest)),
      202,
    );
  });
}
