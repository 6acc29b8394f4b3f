import type { CommandAccepted, Origin, SessionId } from '@konui/protocol';
import {
  CommandId,
  type ConsoleClientMessage,
  KonuiError,
  MAX_PROMPT_IMAGES,
  newId,
  type PromptImage,
  toPromptContent,
} from '@konui/protocol';
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
  /** Those that came as binary frames and belong to this message. */
  readonly images: readonly Promise<PromptImage>[];
}

/** Handles a message from a client: a new type is a member of its schema in the protocol, and a case here. */
export async function handleMessage(message: ConsoleClientMessage, context: MessageContext): Promise<void> {
  const { connection, host } = context;
  switch (message.type) {
    case 'ping':
      return connection.answer({ type: 'pong' });
    case 'prompt': {
      if (message.text === '' && countImages(message, context) === 0) {
        const subject = message.id === undefined ? {} : { id: message.id };
        return connection.sendError(new KonuiError('INVALID_MESSAGE', 'text: must not be empty'), subject);
      }
      // A prompt's id is the id of the command that carries it (SPEC CMD3).
      const commandId = message.id === undefined ? newId(CommandId) : CommandId.parse(message.id);
      const forward: Command['forward'] = (sessionId, head) =>
        connection.prompts.run(sessionId, async () => {
          const content = toPromptContent(message.text, await allImages(message, context));
          return host.sendPrompt(sessionId, { ...head, content });
        });
      return forwardCommand({ type: 'prompt', commandId, name: { id: commandId }, forward }, connection);
    }
    case 'inject':
      return inject(message, context);
    case 'cancel': {
      const forward: Command['forward'] = (sessionId, head) =>
        host.stop(sessionId, message.runId === undefined ? head : { ...head, runId: message.runId });
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
  connection.answer({ type: 'accepted', ...name });
}

/** The prompt comes back as `inject_prompt`, to this socket too; its acceptance is told as any command's. */
async function inject(message: MessageOf<'inject'>, context: MessageContext): Promise<void> {
  const { connection, injector, authorization, nameOf } = context;
  const { identity } = connection.accepted;
  const { type, policy = 'queue', images: _, ...request } = message;
  const key = request.idempotencyKey === undefined ? {} : { idempotencyKey: request.idempotencyKey };
  try {
    const sessionId = await connection.sessionId();
    const sender = {
      tokenId: identity.tokenId ?? '',
      name: nameOf(identity),
      needsReview: authorization.accessOf(identity).needsReview === true,
      newestSession: () => Promise.resolve(sessionId),
      // Checked when the socket's session was chosen.
      checkSession: () => Promise.resolve(),
    };
    const { promptId, kontaskId } = await connection.prompts.run(sessionId, async () => {
      const images = await allImages(message, context);
      const withImages = images.length === 0 ? {} : { images };
      return injector.inject({ ...request, ...withImages, policy, sessionId }, sender);
    });
    connection.record(type, { sessionId, commandId: promptId ?? '' });
    const id = promptId === null ? {} : { id: promptId };
    connection.answer({ type: 'accepted', ...id, ...(kontaskId === undefined ? {} : { kontaskId }), ...key });
  } catch (error) {
    connection.sendError(toKonuiError(error), key);
  }
}

type MessageWithImages = MessageOf<'prompt' | 'inject'>;

function countImages({ images = [] }: MessageWithImages, { images: sent }: MessageContext): number {
  return sent.length + images.length;
}

/** Rejects with TOO_MANY, or the reason why one of them is not there. */
async function allImages(message: MessageWithImages, context: MessageContext): Promise<PromptImage[]> {
  if (countImages(message, context) > MAX_PROMPT_IMAGES) {
    throw new KonuiError('TOO_MANY', `a prompt may have ${MAX_PROMPT_IMAGES} images`);
  }
  const stored: PromptImage[] = [];
  for (const image of context.images) stored.push(await image);
  return [...stored, ...(message.images ?? [])];
}
