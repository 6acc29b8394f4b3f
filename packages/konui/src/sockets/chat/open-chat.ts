import { type KonuiError, LIMITS, WIRE_PROTOCOL_VERSION } from '@konui/protocol';
import type { Logger } from 'pino';
import type { Authorization } from '../../access/authorization.ts';
import type { AgentHost } from '../../host.ts';
import type { Farewell } from '../open-clients.ts';
import type { AcceptedClient } from '../transport.ts';
import { ChatConnection } from './chat-connection.ts';
import type { ConnectedClients } from './connected-clients.ts';
import { handleAllowedFrame } from './frames/handle-allowed-frame.ts';
import { parseClientFrame } from './parse-client-frame.ts';
import type { SessionHubs } from './session-hubs.ts';

export interface ChatDependencies {
  readonly host: AgentHost;
  readonly hubs: SessionHubs;
  readonly clients: ConnectedClients;
  readonly authorization: Authorization;
  readonly isHostReachable: () => boolean;
  readonly timing: { readonly intervalMs: number; readonly staleMs: number };
  readonly serverVersion: string;
  readonly buildId: () => string;
  readonly log: Logger;
}

/** A client of the chat gateway, as whoever carries its frames sees it. */
export interface OpenChat {
  /** Works on one frame from the client: it is handled, or answered with what is wrong with it. */
  receive(bytes: Buffer): Promise<void>;
  sendError(error: KonuiError): void;
  sayFarewell(farewell: Farewell): void;
  /** To be called when the connection is gone. */
  onClosed(): void;
}

/** Begins the chat gateway's protocol (SPEC GW) with a client, over whatever carries its frames. */
export function openChat(client: AcceptedClient, dependencies: ChatDependencies): OpenChat {
  const { host, hubs, clients, authorization, timing, log } = dependencies;
  const connection = new ChatConnection({
    client,
    host,
    hubs,
    log,
    onLookedAway: (sessionId) => clients.tellLookedAway(sessionId),
  });
  connection.send({
    kind: 'server_hello',
    connectionId: client.connectionId,
    protocolVersion: WIRE_PROTOCOL_VERSION,
    serverVersion: dependencies.serverVersion,
    buildId: dependencies.buildId(),
    heartbeat: { intervalMs: timing.intervalMs, staleMs: timing.staleMs },
    limits: { maxFrameBytes: LIMITS.maxFrameBytes },
  });
  if (!dependencies.isHostReachable()) {
    const message = 'the agent host does not answer yet';
    connection.send({ kind: 'server_notice', notice: 'host_unreachable', message });
  }
  clients.add(connection);
  return {
    async receive(bytes) {
      const parsed = parseClientFrame(bytes);
      if (parsed.ok) return handleAllowedFrame(parsed.frame, { connection, host }, authorization);
      const { ok: _, error, ...about } = parsed;
      connection.sendError(error, about);
    },
    sendError: (error) => connection.sendError(error),
    sayFarewell(farewell) {
      const message = farewell === 'going_away' ? 'the gateway leaves; connect again' : 'this sign-in has been ended';
      connection.send({ kind: 'server_notice', notice: farewell, message });
    },
    onClosed() {
      clients.remove(connection);
      connection.close();
    },
  };
}
