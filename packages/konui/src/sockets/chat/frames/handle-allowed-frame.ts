import type { ClientFrame, KonuiError } from '@konui/protocol';
import { type Authorization, lacksRight } from '../../../access/authorization.ts';
import { toKonuiError } from '../../to-konui-error.ts';
import { FRAME_RIGHTS, sessionsOf } from './frame-rights.ts';
import type { FrameContext } from './frame-context.ts';
import { handleFrame } from './handle-frame.ts';

/** Handles a frame if its sender may, else answers FORBIDDEN with what it quotes; the socket stays open (SPEC ACC7). */
export async function handleAllowedFrame(
  frame: ClientFrame,
  context: FrameContext,
  authorization: Authorization,
): Promise<void> {
  const { identity } = context.connection;
  const needed = FRAME_RIGHTS[frame.type];
  if (!authorization.may(identity, needed)) return refuse(frame, lacksRight(needed), context);
  // Without a pause: frames are handled in the order in which they came.
  if (!authorization.isBound(identity)) return handleFrame(frame, context);
  if (frame.type === 'chat.subscribe') {
    await Promise.all(
      frame.sessions.map((session) => handleBound({ ...frame, sessions: [session] }, context, authorization)),
    );
    return;
  }
  return handleBound(frame, context, authorization);
}

async function handleBound(frame: ClientFrame, context: FrameContext, authorization: Authorization): Promise<void> {
  try {
    for (const sessionId of sessionsOf(frame)) await authorization.checkSession(context.connection.identity, sessionId);
  } catch (error) {
    return refuse(frame, toKonuiError(error), context);
  }
  return handleFrame(frame, context);
}

function refuse(frame: ClientFrame, error: KonuiError, { connection }: FrameContext): void {
  const commandId =
    'clientMessageId' in frame ? frame.clientMessageId : 'commandId' in frame ? frame.commandId : undefined;
  const about = commandId === undefined ? {} : { commandId };
  const sessionIds = sessionsOf(frame);
  if (sessionIds.length === 0) return connection.sendError(error, about);
  for (const sessionId of sessionIds) connection.sendError(error, { sessionId, ...about });
}
