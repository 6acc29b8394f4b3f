import type { CommandAccepted, Origin, SessionId } from '@konui/protocol';
import { CommandId, type ConsoleClientMessage, newId, toPromptContent } from '@konui/protocol';
import type { Authorization } from '../../access/authorization.ts';
import type { AgentHost } from '../../host.ts';
import { type Identity, toOrigin } from '../../identity.ts';
import type { Injector } from '../../inject/injector.ts';
import { toKonuiError } from '../to-konui-error.ts';
import type { ConsoleConnection } from './console-connection.ts';
import type { CommandName } from './own-commands.ts';

type MessageOf<Type extends ConsoleClientMessage['type']> = Extract<ConsoleClientMessage, { type: Type }>;

export interface MessageContext {
  readonly connection: ConsoleConnection;
  readonly host: AgentHost;
  readonly injector: Injector;
  readonly authorization: Authorization;
  readonly nameOf: (identity: Identity) => string;
}

/** Handles a message from a client: a new type is a member of its schema in the protocol, and a case here. */
export async function handleMessage(message: ConsoleClientMessage, context: MessageContext): Promise<void> {
  const { connection, host } = context;
  switch (message.type) {
    case 'ping':
      return connection.send({ type: 'pong' });
    case 'prompt': {
      // A prompt's id is the id of the command that carries it (SPEC CMD3).
      const commandId = message.id === undefined ? newId(CommandId) : CommandId.parse(message.id);
      const content = toPromptContent(message.text, message.images ?? []);
      const forward: Command['forward'] = (sessionId, head) =>
        connection.prompts.run(sessionId, () => host.sendPrompt(sessionId, { ...head, content }));
      return forwardCommand({ type: 'prompt', commandId, name: { id: commandId }, forward }, connection);
    }
    case 'inject':
      return inject(message, context);
    case 'cancel': {
      const forward: Command['forward'] = (sessionId, head) => host.stop(sessionId, head);
      return forwardCommand({ type: 'cancel', commandId: newId(CommandId), name: {}, forward }, connection);
    }
    case 'permission': {
      const { type, ...answer } = message;
      const name = { requestId: message.requestId };
      const forward: Command['forward'] = (sessionId, head) => host.answerPermission(sessionId, { ...head, ...answer });
      return forwardCommand({ type, commandId: newId(CommandId), name, forward }, connection);
    }
  }
}

interface Command {
  readonly type: string;
  readonly commandId: CommandId;
  readonly name: CommandName;
  readonly forward: (sessionId: SessionId, head: { commandId: CommandId; by: Origin }) => Promise<CommandAccepted>;
}

/** Hands a command to the host; what became of it is an event, unless it is refused at once (SPEC CON7). */
async function forwardCommand(
  { type, commandId, name, forward }: Command,
  connection: ConsoleConnection,
): Promise<void> {
  let sessionId: SessionId | undefined;
  // Before it is sent: its event may overtake the answer.
  connection.own.add(commandId, name);
  try {
    sessionId = await connection.sessionId();
    await forward(sessionId, { commandId, by: toOrigin(connection.accepted.identity) });
  } catch (error) {
    const failure = toKonuiError(error);
    connection.record(type, { ...(sessionId === undefined ? {} : { sessionId }), commandId, code: failure.code });
    return connection.sendError(failure, name);
  }
  connection.record(type, { sessionId, commandId });
}

/** The prompt comes back as `inject_prompt`, to this socket too; its acceptance as `injected`. */
async function inject(
  { type, policy = 'queue', ...request }: MessageOf<'inject'>,
  { connection, injector, authorization, nameOf }: MessageContext,
): Promise<void> {
  const { identity } = connection.accepted;
  try {
    const sessionId = await connection.sessionId();
    const { promptId, kontaskId } = await injector.inject(
      { ...request, policy, sessionId },
      {
        tokenId: identity.tokenId ?? '',
        name: nameOf(identity),
        needsReview: authorization.accessOf(identity).needsReview === true,
        newestSession: () => Promise.resolve(sessionId),
        // Checked when the socket's session was chosen.
        checkSession: () => Promise.resolve(),
      },
    );
    connection.record(type, { sessionId, commandId: promptId ?? '' });
    const { idempotencyKey } = request;
    connection.send({
      type: 'injected',
      id: promptId,
      ...(kontaskId === undefined ? {} : { kontaskId }),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });
  } catch (error) {
    connection.sendError(toKonuiError(error));
  }
}
