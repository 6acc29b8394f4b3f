import { CommandId, newId } from '@konui/protocol';
import { forwardCommand } from './forward-command.ts';
import type { FrameContext, FrameOf } from './frame-context.ts';

/** In the line of the session's prompts, so that a prompt that follows it finds the choice made (SPEC OPT4). */
export async function handleConfigure(frame: FrameOf<'chat.configure'>, context: FrameContext): Promise<void> {
  const { type, sessionId, option, commandId = newId(CommandId) } = frame;
  const forward: Parameters<typeof forwardCommand>[0]['forward'] = (head) =>
    context.connection.prompts.run(sessionId, () => context.host.configure(sessionId, { ...head, option }));
  return forwardCommand({ type, sessionId, commandId, forward }, context);
}
