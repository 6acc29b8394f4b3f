import type { Connection, ConnectionState } from '@konui/client';

const LIVE: ConnectionState = {
  state: 'live',
  transport: 'websocket',
  hello: {
    kind: 'server_hello',
    protocolVersion: 1,
    serverVersion: '1.0.0',
    connectionId: 'connection',
    buildId: 'build',
    heartbeat: { intervalMs: 1000, staleMs: 3000 },
    limits: { maxFrameBytes: 1000 },
  },
};

/** A connection whose state the test says. */
export function createFakeLine() {
  const listeners = new Set<(state: ConnectionState) => void>();
  const onState: Connection['onState'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const goTo = (state: ConnectionState): void => listeners.forEach((listener) => listener(state));
  return { onState, listeners, goTo, goLive: () => goTo(LIVE) };
}
