import { LIMITS, WIRE_PROTOCOL_VERSION } from '@konui/protocol';
import type { Logger } from 'pino';
import type { AgentHost } from '../../host.ts';
import type { SocketRoute } from '../socket-route.ts';
import { ChatConnection } from './chat-connection.ts';
import type { ConnectedClients } from './connected-clients.ts';
import { receiveFrames } from './receive-frames.ts';
import type { SessionHubs } from './session-hubs.ts';

export interface ChatRouteDependencies {
  readonly host: AgentHost;
  readonly hubs: SessionHubs;
  readonly clients: ConnectedClients;
  readonly isHostReachable: () => boolean;
  readonly heartbeat: { readonly intervalMs: number; readonly staleMs: number };
  readonly serverVersion: string;
  readonly buildId: () => string;
  readonly log: Logger;
}

/** `/ws`: the chat gateway (SPEC GW). */
export function createChatRoute(dependencies: ChatRouteDependencies): SocketRoute {
  const { host, hubs, clients, heartbeat, log } = dependencies;
  return {
    path: '/ws',
    open(accepted) {
      const connection = new ChatConnection({ accepted, host, hubs, log });
      accepted.socket.once('close', () => {
        clients.remove(connection);
        connection.close();
      });
      connection.send({
        kind: 'server_hello',
        connectionId: accepted.connectionId,
        protocolVersion: WIRE_PROTOCOL_VERSION,
        serverVersion: dependencies.serverVersion,
        buildId: dependencies.buildId(),
        heartbeat: { intervalMs: heartbeat.intervalMs, staleMs: heartbeat.staleMs },
        limits: { maxFrameBytes: LIMITS.maxFrameBytes },
      });
      if (!dependencies.isHostReachable()) {
        connection.send({
          kind: 'server_notice',
          notice: 'host_unreachable',
          message: 'the agent host does not answer yet',
        });
      }
      clients.add(connection);
      receiveFrames(accepted, { connection, host }, log);
      return {
        sayFarewell(farewell) {
          const message =
            farewell === 'going_away' ? 'the gateway leaves; connect again' : 'this sign-in has been ended';
          connection.send({ kind: 'server_notice', notice: farewell, message });
        },
      };
    },
  };
}
