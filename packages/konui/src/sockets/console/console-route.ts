import { ConsoleClientMessage, KonuiError } from '@konui/protocol';
import type { Logger } from 'pino';
import { type Authorization, lacksRight } from '../../access/authorization.ts';
import type { AgentHost } from '../../host.ts';
import type { Identity } from '../../identity.ts';
import type { Injector } from '../../inject/injector.ts';
import type { SessionHubs } from '../chat/session-hubs.ts';
import { createMessageParser, type ParsedMessage, quoteId } from '../parse-message.ts';
import { receiveMessages } from '../receive-messages.ts';
import type { SocketRoute } from '../socket-route.ts';
import { ConsoleConnection, type ErrorSubject } from './console-connection.ts';
import { handleMessage } from './handle-message.ts';
import { MESSAGE_RIGHTS } from './message-rights.ts';
import { NewestOrNew } from './newest-or-new.ts';

const PATHS = ['/api/console/ws', '/ws/console'];

export interface ConsoleRouteDependencies {
  readonly host: AgentHost;
  readonly authorization: Authorization;
  readonly hubs: SessionHubs;
  /** The console sockets that are open. */
  readonly consoles: Set<ConsoleConnection>;
  readonly injector: Injector;
  /** What the origin of an inject is called where it does not say. */
  readonly nameOf: (identity: Identity) => string;
  /** Where a session is made whose project nobody names. */
  readonly homeFolder: string;
  readonly log: Logger;
}

/** `/api/console/ws` and its alias: one session for each socket, in a small protocol for other programs (SPEC CON). */
export function createConsoleRoutes(dependencies: ConsoleRouteDependencies): readonly SocketRoute[] {
  const open = createOpen(dependencies);
  return PATHS.map((path) => ({ path, open }));
}

const parseMessage = createMessageParser(ConsoleClientMessage);

function createOpen(dependencies: ConsoleRouteDependencies): SocketRoute['open'] {
  const { host, authorization, hubs, consoles, injector, nameOf, homeFolder, log } = dependencies;
  const sessions = new NewestOrNew({ host, homeFolder });
  return (accepted) => {
    const connection = new ConsoleConnection({ accepted, host, authorization, sessions, hubs, log });
    consoles.add(connection);
    accepted.socket.once('close', () => {
      consoles.delete(connection);
      connection.close();
    });
    const receive = async (bytes: Buffer): Promise<void> => {
      const parsed = parseMessage(bytes);
      // At once, also where it is refused: what follows has images of its own.
      const images = mayHaveImages(parsed) ? connection.images.take() : [];
      if (!parsed.ok) return connection.sendError(parsed.error, subjectOf(parsed.fields));
      const { message } = parsed;
      const needed = MESSAGE_RIGHTS[message.type];
      if (!authorization.may(accepted.identity, needed))
        return connection.sendError(lacksRight(needed), subjectOf(message));
      return handleMessage(message, { connection, host, injector, authorization, nameOf, images });
    };
    const receiveBinary = (bytes: Buffer): Promise<void> => connection.images.receive(bytes);
    receiveMessages(accepted, { receive, receiveBinary, sendError: (error) => connection.sendError(error) }, log);
    void connection.follow();
    return {
      sayFarewell(farewell) {
        // A gateway that leaves says so by its close code alone (SPEC CON8).
        if (farewell === 'sign_in_expired')
          connection.sendError(new KonuiError('UNAUTHORIZED', 'this sign-in has been ended'));
      },
    };
  };
}

/** A frame that is too large to be read can be nothing else. */
function mayHaveImages(parsed: ParsedMessage<ConsoleClientMessage>): boolean {
  if (!parsed.ok && parsed.error.code === 'FRAME_TOO_LARGE') return true;
  const type = parsed.ok ? parsed.message.type : parsed.fields['type'];
  return type === 'prompt' || type === 'inject';
}

function subjectOf(fields: Partial<Record<string, unknown>>): ErrorSubject {
  const names = ['id', 'requestId', 'idempotencyKey'].map((name) => [name, quoteId(fields[name])] as const);
  return Object.fromEntries(names.filter(([, value]) => value !== undefined));
}
