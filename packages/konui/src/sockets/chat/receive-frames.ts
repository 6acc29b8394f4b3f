import type { Logger } from 'pino';
import { receiveMessages } from '../receive-messages.ts';
import type { AcceptedSocket } from '../socket-route.ts';
import type { FrameContext } from './frames/frame-context.ts';
import { handleFrame } from './frames/handle-frame.ts';
import { parseClientFrame } from './parse-client-frame.ts';

/** Reads the frames of a `/ws` socket: each is handled, or answered with what is wrong with it. */
export function receiveFrames(accepted: AcceptedSocket, context: FrameContext, log: Logger): void {
  const { connection } = context;
  const receive = async (bytes: Buffer): Promise<void> => {
    const parsed = parseClientFrame(bytes);
    if (parsed.ok) return handleFrame(parsed.frame, context);
    const { ok: _, error, ...about } = parsed;
    connection.sendError(error, about);
  };
  receiveMessages(accepted, { receive, sendError: (error) => connection.sendError(error) }, log);
}
