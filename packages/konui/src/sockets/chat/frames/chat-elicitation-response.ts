import { CommandId, newId } from '@konui/protocol';
import { forwardCommand } from './forward-command.ts';
import type { FrameContext, FrameOf } from './frame-context.ts';

export async function handleElicitationResponse(
  frame: FrameOf<'chat.elicitation-response'>,
  context: FrameContext,
): Promise<void> {
  const { type, sessionId, requestId, action, content, commandId = newId(CommandId) } = frame;
  const answer = { requestId, action, content };
  return forwardCommand(
    {
      type,
      sessionId,
      commandId,
      forward: (head) => context.host.answerElicitation(sessionId, { ...head, ...answer }),
    },
    context,
  );
}
