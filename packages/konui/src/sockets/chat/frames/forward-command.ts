import type { CommandAccepted, CommandId, Origin, SessionId } from '@konui/protocol';
import { toOrigin } from '../../../identity.ts';
import { toKonuiError } from '../../to-konui-error.ts';
import type { FrameContext } from './frame-context.ts';

export interface ForwardedCommand {
  readonly type: string;
  readonly sessionId: SessionId;
  readonly commandId: CommandId;
  readonly forward: (head: { commandId: CommandId; by: Origin }) => Promise<CommandAccepted>;
}

/** Hands a command to the host and answers with `chat_accepted`, or with an error that quotes it (SPEC GW13). */
export async function forwardCommand(
  { type, sessionId, commandId, forward }: ForwardedCommand,
  { connection }: FrameContext,
): Promise<void> {
  try {
    await forward({ commandId, by: toOrigin(connection.identity) });
  } catch (error) {
    const failure = toKonuiError(error);
    connection.record(type, { sessionId, commandId, code: failure.code });
    return connection.sendError(failure, { sessionId, commandId });
  }
  connection.record(type, { sessionId, commandId });
  connection.send({ kind: 'chat_accepted', sessionId, commandId });
}
