import { CommandId, newId } from '@konui/protocol';
import { forwardCommand } from './forward-command.ts';
import type { FrameContext, FrameOf } from './frame-context.ts';

export async function handleSend(frame: FrameOf<'chat.send'>, context: FrameContext): Promise<void> {
  const { type, sessionId, content } = frame;
  // A prompt's id is the id of the command that carries it (SPEC CMD3).
  const commandId = frame.clientMessageId === undefined ? newId(CommandId) : CommandId.parse(frame.clientMessageId);
  const forward: Parameters<typeof forwardCommand>[0]['forward'] = (head) =>
    context.connection.prompts.run(sessionId, () => context.host.sendPrompt(sessionId, { ...head, content }));
  return forwardCommand({ type, sessionId, commandId, forward }, context);
}
