import { ConsoleClientMessage, KonuiError } from '@konui/protocol';
import type { Logger } from 'pino';
import { type Authorization, lacksRight } from '../../access/authorization.ts';
import type { AgentHost } from '../../host.ts';
import type { Identity } from '../../identity.ts';
import type { Injector } from '../../inject/injector.ts';
import type { SessionHubs } from '../chat/session-hubs.ts';
import { createMessageParser, quoteId } from '../parse-message.ts';
import { receiveMessages } from '../receive-messages.ts';
import type { SocketRoute } from '../socket-route.ts';
import { ConsoleConnection } from './console-connection.ts';
import { handleMessage } from './handle-message.ts';
import { MESSAGE_RIGHTS } from './message-rights.ts';
import type { CommandName } from './own-commands.ts';

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
  readonly log: Logger;
}

/** `/api/console/ws` and its alias: one session for each socket, in a small protocol for other programs (SPEC CON). */
export function createConsoleRoutes(dependencies: ConsoleRouteDependencies): readonly SocketRoute[] {
  const open = createOpen(dependencies);
  return PATHS.map((path) => ({ path, open }));
}

const parseMessage = createMessageParser(ConsoleClientMessage);

function createOpen(dependencies: ConsoleRouteDependencies): SocketRoute['open'] {
  const { host, authorization, hubs, consoles, injector, log } = dependencies;
  return (accepted) => {
    const connection = new ConsoleConnection({ accepted, host, authorization, hubs, log });
    consoles.add(connection);
    accepted.socket.once('close', () => {
      consoles.delete(connection);
      connection.close();
    });
    const receive = async (bytes: Buffer): Promise<void> => {
      const parsed = parseMessage(bytes);
      if (parsed.ok) {
        const needed = MESSAGE_RIGHTS[parsed.message.type];
        if (authorization.may(accepted.identity, needed))
          return handleMessage(parsed.message, {
            connection,
            host,
            injector,
            authorization,
            nameOf: dependencies.nameOf,
          });
        return connection.sendError(lacksRight(needed), idsIn(parsed.message));
      }
      connection.sendError(parsed.error, idsIn(parsed.fields));
    };
    receiveMessages(accepted, { receive, sendError: (error) => connection.sendError(error) }, log);
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

function idsIn(fields: Partial<Record<string, unknown>>): CommandName {
  const [id, requestId] = [quoteId(fields['id']), quoteId(fields['requestId'])];
  return { ...(id === undefined ? {} : { id }), ...(requestId === undefined ? {} : { requestId }) };
}
