import { CommandId, KonuiError, newId } from '@konui/protocol';
import { forwardCommand } from './forward-command.ts';
import type { FrameContext, FrameOf } from './frame-context.ts';

export async function handlePermissionResponse(
  frame: FrameOf<'chat.permission-response'>,
  context: FrameContext,
): Promise<void> {
  const { type, sessionId, requestId, optionId, allow, message, commandId = newId(CommandId) } = frame;
  if (optionId === undefined && allow === undefined) {
    return context.connection.sendError(new KonuiError('INVALID_MESSAGE', 'the answer needs optionId or allow'), {
      sessionId,
      commandId,
    });
  }
  const answer = { requestId, optionId, allow, message };
  return forwardCommand(
    { type, sessionId, commandId, forward: (head) => context.host.answerPermission(sessionId, { ...head, ...answer }) },
    context,
  );
}
