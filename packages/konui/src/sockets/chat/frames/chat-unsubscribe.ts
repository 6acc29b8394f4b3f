import type { FrameContext, FrameOf } from './frame-context.ts';

export async function handleUnsubscribe(
  frame: FrameOf<'chat.unsubscribe'>,
  { connection }: FrameContext,
): Promise<void> {
  for (const { sessionId } of frame.sessions) connection.unsubscribe(sessionId);
}
