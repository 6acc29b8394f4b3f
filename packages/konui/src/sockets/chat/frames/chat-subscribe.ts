import type { FrameContext, FrameOf } from './frame-context.ts';

export async function handleSubscribe(frame: FrameOf<'chat.subscribe'>, { connection }: FrameContext): Promise<void> {
  await Promise.all(
    frame.sessions.map(({ sessionId, lastSeq, epoch }) => connection.subscribe(sessionId, { seq: lastSeq, epoch })),
  );
}
