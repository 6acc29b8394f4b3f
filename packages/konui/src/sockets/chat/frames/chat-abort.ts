import { CommandId, newId } from '@konui/protocol';
import { forwardCommand } from './forward-command.ts';
import type { FrameContext, FrameOf } from './frame-context.ts';

/** A stop does not wait for prompts that are on their way. */
export async function handleAbort(frame: FrameOf<'chat.abort'>, context: FrameContext): Promise<void> {
  const { type, sessionId, runId, commandId = newId(CommandId) } = frame;
  return forwardCommand(
    { type, sessionId, commandId, forward: (head) => context.host.stop(sessionId, { ...head, runId }) },
    context,
  );
}
