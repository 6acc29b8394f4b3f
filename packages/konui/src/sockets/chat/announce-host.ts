import type { GatewayFrame, HostFeedMessage } from '@konui/protocol';
import type { HostWatch } from '../../hosts/host-watch.ts';
import type { ConnectedClients } from './connected-clients.ts';

/** Tells every client what changes in the session list, and whether the host is there. */
export function announceHost(watch: Pick<HostWatch, 'add'>, clients: ConnectedClients): void {
  const notify = (notice: 'host_unreachable' | 'host_back', message: string): void => {
    clients.broadcast('host', { kind: 'server_notice', notice, message });
  };
  watch.add({
    onMessage: (message) => clients.broadcast(subjectOf(message), toFrame(message)),
    onUnreachable: () => notify('host_unreachable', 'the agent host does not answer; runs go on without it'),
    onReachable: () => notify('host_back', 'the agent host answers; the session list may have changed'),
  });
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
