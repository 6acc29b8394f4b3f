import type { FrameContext, FrameOf } from './frame-context.ts';

export async function handleVisibility(
  { isVisible, sessionId }: FrameOf<'client.visibility'>,
  { connection }: FrameContext,
): Promise<void> {
  connection.look({ isVisible, sessionId });
}
