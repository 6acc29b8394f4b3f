import type { FrameContext, FrameOf } from './frame-context.ts';

export async function handlePing(_frame: FrameOf<'ping'>, { connection }: FrameContext): Promise<void> {
  connection.send({ kind: 'pong' });
}
