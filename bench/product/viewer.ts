import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { isGatewayKind } from '@konui/protocol';
import { monotonicUs } from '@konui/testing';
import { WebSocket } from 'ws';
import type { Product } from './start-product.ts';

export interface ReceivedEvent {
  readonly atUs: number;
  /** The frame's payload, byte for byte. */
  readonly line: Buffer;
}

/** A WebSocket client on `/ws` that keeps all events of the sessions that it watches. */
export interface Viewer extends Disposable {
  readonly events: readonly ReceivedEvent[];
  /** Resolves at `chat_caught_up`. */
  subscribe(sessionId: string): Promise<void>;
  /** Sends a prompt and resolves when its run is complete; rejects if it failed. */
  prompt(sessionId: string, text: string): Promise<void>;
}

interface Frame {
  readonly kind: string;
  readonly success?: boolean;
  readonly error?: string;
}

export async function openViewer({ url, token }: Product): Promise<Viewer> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`, {
    perMessageDeflate: false,
    headers: { authorization: `Bearer ${token}` },
  });
  await once(socket, 'open');
  const events: ReceivedEvent[] = [];
  const waiting = new Set<(frame: Frame) => void>();
  socket.on('message', (data: Buffer) => {
    const atUs = monotonicUs();
    const frame = JSON.parse(data.toString('utf8')) as Frame;
    if (!isGatewayKind(frame.kind)) events.push({ atUs, line: data });
    for (const look of waiting) look(frame);
  });
  const next = (kind: string): Promise<Frame> =>
    new Promise((resolve, reject) => {
      const look = (frame: Frame): void => {
        if (frame.kind !== kind && frame.kind !== 'protocol_error') return;
        waiting.delete(look);
        if (frame.kind === kind) resolve(frame);
        else reject(new Error(`the gateway refused: ${frame.error ?? ''}`));
      };
      waiting.add(look);
    });
  return {
    events,
    async subscribe(sessionId) {
      const caughtUp = next('chat_caught_up');
      socket.send(JSON.stringify({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: 0 }] }));
      await caughtUp;
    },
    async prompt(sessionId, content) {
      const complete = next('complete');
      socket.send(JSON.stringify({ type: 'chat.send', sessionId, clientMessageId: randomUUID(), content }));
      if ((await complete).success !== true) throw new Error(`the run of "${content}" failed`);
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}
