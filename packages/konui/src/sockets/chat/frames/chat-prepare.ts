import { CommandId, newId } from '@konui/protocol';
import { forwardCommand } from './forward-command.ts';
import type { FrameContext, FrameOf } from './frame-context.ts';

export async function handlePrepare(frame: FrameOf<'chat.prepare'>, context: FrameContext): Promise<void> {
  const { type, sessionId, commandId = newId(CommandId) } = frame;
  return forwardCommand(
    { type, sessionId, commandId, forward: (head) => context.host.prepare(sessionId, head) },
    context,
  );
}
