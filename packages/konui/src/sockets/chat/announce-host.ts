import type { HostFeedMessage } from '@konui/protocol';
import type { HostWatch } from '../../hosts/host-watch.ts';
import type { ConnectedClients } from './connected-clients.ts';

/** Tells every client what changes in the session list, and whether the host is there. */
export function announceHost(watch: Pick<HostWatch, 'add'>, clients: ConnectedClients): void {
  const notify = (notice: 'host_unreachable' | 'host_back', message: string): void => {
    clients.broadcast('host', { kind: 'server_notice', notice, message });
  };
  watch.add({
    onMessage: (message) => announce(message, clients),
    onUnreachable: () => notify('host_unreachable', 'the agent host does not answer; runs go on without it'),
    onReachable: () => notify('host_back', 'the agent host answers; the session list may have changed'),
  });
}

function announce(message: HostFeedMessage, clients: ConnectedClients): void {
  switch (message.type) {
    case 'session_upserted': {
      const { session } = message;
      return clients.broadcastAbout(session, `session ${session.sessionId}`, { kind: message.type, session });
    }
    case 'session_removed': {
      const { sessionId } = message;
      return clients.broadcastAbout(message, `session ${sessionId}`, { kind: message.type, sessionId });
    }
    case 'agent_install': {
      const { provider, state } = message;
      const done = state !== 'installing';
      return clients.broadcast(`install ${provider}`, {
        kind: 'loading_progress',
        message: message.message,
        provider,
        done,
      });
    }
    case 'indexing': {
      const { done, total } = message;
      return clients.broadcast('indexing', {
        kind: 'loading_progress',
        message: 'making sessions searchable',
        count: done,
        total,
        done: done >= total,
      });
    }
  }
}
