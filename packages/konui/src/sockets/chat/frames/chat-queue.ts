import { CommandId, newId } from '@konui/protocol';
import { forwardCommand } from './forward-command.ts';
import type { FrameContext, FrameOf } from './frame-context.ts';

export async function handleQueue(frame: FrameOf<'chat.queue'>, context: FrameContext): Promise<void> {
  const { type, sessionId, change, commandId = newId(CommandId) } = frame;
  return forwardCommand(
    { type, sessionId, commandId, forward: (head) => context.host.changeQueue(sessionId, { ...head, change }) },
    context,
  );
}
