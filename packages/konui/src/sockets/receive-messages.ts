import { KonuiError, LIMITS } from '@konui/protocol';
import type { Logger } from 'pino';
import type { RawData } from 'ws';
import type { AcceptedSocket } from './socket-route.ts';
import { toKonuiError } from './to-konui-error.ts';

/** Messages of one socket that are being worked on; beyond this many it is not read until some are done. */
const MAX_IN_WORK = 32;
/** The same for their bytes: images wait in memory until the host has them. */
const MAX_BYTES_IN_WORK = LIMITS.maxFrameBytes;
/**
 * Answers that a client does not read pile up; beyond this its messages are not read either. Far above what pages of
 * events fill, so that Stop is heard from a client whose download is slow.
 */
const MAX_UNREAD_BYTES = 8 * LIMITS.maxBufferedBytes;

/** Who gets a socket's messages. */
export interface MessageReceiver {
  /** Works on one text message; when it rejects, the sender is told. */
  receive(bytes: Buffer): Promise<void>;
  /** The same for a binary message; where this is missing, such a one is an error. */
  receiveBinary?(bytes: Buffer): Promise<void>;
  sendError(error: KonuiError): void;
}

/** Reads a socket's messages as fast as they are handled. */
export function receiveMessages(
  { connectionId, socket, transport }: AcceptedSocket,
  receiver: MessageReceiver,
  log: Logger,
): void {
  let inWork = 0;
  let bytesInWork = 0;
  const isBusy = (): boolean => inWork >= MAX_IN_WORK || bytesInWork >= MAX_BYTES_IN_WORK;

  const receive = async (data: RawData, isBinary: boolean): Promise<void> => {
    if (Buffer.isBuffer(data)) {
      if (!isBinary) return receiver.receive(data);
      if (receiver.receiveBinary !== undefined) return receiver.receiveBinary(data);
    }
    receiver.sendError(new KonuiError('INVALID_MESSAGE', 'messages are text frames that hold a JSON object'));
  };

  const finish = async (byteLength: number): Promise<void> => {
    if (transport.bufferedBytes > MAX_UNREAD_BYTES) await transport.drained();
    inWork -= 1;
    bytesInWork -= byteLength;
    if (socket.isPaused && !isBusy()) socket.resume();
  };

  socket.on('message', (data, isBinary) => {
    const byteLength = byteLengthOf(data);
    inWork += 1;
    bytesInWork += byteLength;
    if (isBusy()) socket.pause();
    void receive(data, isBinary)
      .catch((error: unknown) => {
        log.error({ err: error, connectionId }, 'a message could not be handled');
        receiver.sendError(toKonuiError(error));
      })
      .then(() => finish(byteLength));
  });
}

function byteLengthOf(data: RawData): number {
  return Array.isArray(data) ? data.reduce((sum, { byteLength }) => sum + byteLength, 0) : data.byteLength;
}
