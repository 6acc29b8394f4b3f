import { KonuiError, LIMITS } from '@konui/protocol';
import type { Logger } from 'pino';
import type { RawData } from 'ws';
import type { AcceptedSocket } from '../socket-route.ts';
import { toKonuiError } from './chat-connection.ts';
import type { FrameContext } from './frames/frame-context.ts';
import { handleFrame } from './frames/handle-frame.ts';
import { parseClientFrame } from './parse-client-frame.ts';

/** Frames of one socket that are being worked on; beyond this many it is not read until some are done. */
const MAX_IN_WORK = 32;
/**
 * Answers that a client does not read pile up; beyond this its frames are not read either. Far above what pages of
 * events fill, so that Stop is heard from a client whose download is slow.
 */
const MAX_UNREAD_BYTES = 8 * LIMITS.maxBufferedBytes;

/** Reads a socket's frames as fast as they are handled. */
export function receiveFrames({ socket, raw }: AcceptedSocket, context: FrameContext, log: Logger): void {
  let inWork = 0;

  const receive = async (data: RawData, isBinary: boolean): Promise<void> => {
    if (isBinary || !Buffer.isBuffer(data)) {
      return context.connection.sendError(
        new KonuiError('INVALID_MESSAGE', 'messages are text frames that hold a JSON object'),
      );
    }
    const parsed = parseClientFrame(data);
    if (parsed.ok) return handleFrame(parsed.frame, context);
    const { ok: _, error, ...about } = parsed;
    context.connection.sendError(error, about);
  };

  const finish = async (): Promise<void> => {
    if (raw.bufferedBytes > MAX_UNREAD_BYTES) await raw.drained();
    inWork -= 1;
    if (socket.isPaused && inWork < MAX_IN_WORK) socket.resume();
  };

  socket.on('message', (data, isBinary) => {
    inWork += 1;
    if (inWork >= MAX_IN_WORK) socket.pause();
    void receive(data, isBinary)
      .catch((error: unknown) => {
        log.error({ err: error, connectionId: context.connection.connectionId }, 'a frame could not be handled');
        context.connection.sendError(toKonuiError(error));
      })
      .then(finish);
  });
}
