import type { GatewayFrame, HostFeedMessage } from '@konui/protocol';
import type { AgentHost } from '../../host.ts';
import type { ConnectedClients } from './connected-clients.ts';

export interface HostWatch {
  readonly isReachable: boolean;
  close(): void;
}

/** Tells every client what changes in the session list, and whether the host is there. */
export function followHost(host: Pick<AgentHost, 'followFeed'>, clients: ConnectedClients): HostWatch {
  let isReachable = false;
  const notify = (notice: 'host_unreachable' | 'host_back', message: string): void => {
    isReachable = notice === 'host_back';
    clients.broadcast('host', { kind: 'server_notice', notice, message });
  };
  const stream = host.followFeed({
    onMessage: (message) => clients.broadcast(subjectOf(message), toFrame(message)),
    onUnreachable: () => notify('host_unreachable', 'the agent host does not answer; runs go on without it'),
    onReachable: () => notify('host_back', 'the agent host answers; the session list may have changed'),
  });
  return {
    get isReachable() {
      return isReachable;
    },
    close: () => stream.close(),
  };
}

function toFrame(message: HostFeedMessage): GatewayFrame {
  switch (message.type) {
    case 'session_upserted':
      return { kind: 'session_upserted', session: message.session };
    case 'session_removed':
      return { kind: 'session_removed', sessionId: message.sessionId };
    case 'agent_install':
      return {
        kind: 'loading_progress',
        message: message.message,
        provider: message.provider,
        done: message.state !== 'installing',
      };
  }
}

function subjectOf(message: HostFeedMessage): string {
  switch (message.type) {
    case 'session_upserted':
      return `session ${message.session.sessionId}`;
    case 'session_removed':
      return `session ${message.sessionId}`;
    case 'agent_install':
      return `install ${message.provider}`;
  }
}
