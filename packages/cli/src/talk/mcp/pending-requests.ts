import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';

/** Knows which requests came in over a transport and have no answer yet. */
export interface PendingRequests {
  /** Resolves when every request that came so far is answered or taken back. */
  settled(): Promise<void>;
}

/** Watches a transport that is connected. */
export function watchRequests(transport: Transport): PendingRequests {
  const open = new Set<unknown>();
  const waiting = new Set<() => void>();
  const close = (id: unknown): void => {
    open.delete(id);
    if (open.size > 0) return;
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  const hear = transport.onmessage?.bind(transport);
  transport.onmessage = (message: JSONRPCMessage, extra) => {
    if ('method' in message && 'id' in message) open.add(message.id);
    hear?.(message, extra);
    // MCP, "Cancellation": what was taken back is not answered.
    if ('method' in message && message.method === 'notifications/cancelled') close(message.params?.['requestId']);
  };
  const send = transport.send.bind(transport);
  transport.send = async (message, options) => {
    try {
      await send(message, options);
    } finally {
      if (!('method' in message) && 'id' in message) close(message.id);
    }
  };
  return {
    settled: () => (open.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve))),
  };
}
