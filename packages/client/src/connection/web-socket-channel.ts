import type { Channel, OpenChannel } from './channel.ts';
import { type Credentials, signedUrl } from './sign-in.ts';

const OPEN = 1;

export interface WebSocketChannelOptions {
  readonly url: string;
  readonly credentials: Credentials;
  readonly WebSocket: new (url: string) => WebSocket;
}

export function createWebSocketOpener({ url, credentials, WebSocket }: WebSocketChannelOptions): OpenChannel {
  return async (listener, signal): Promise<Channel> => {
    const address = await signedUrl(url, credentials, signal);
    if (signal.aborted) return { send: () => false };
    const socket = new WebSocket(address);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', ({ data }: MessageEvent) => {
      if (signal.aborted) return;
      if (typeof data === 'string') listener.onMessage(data);
      else if (data instanceof ArrayBuffer) listener.onMessage(new Uint8Array(data));
    });
    socket.addEventListener('close', ({ code }) => {
      if (!signal.aborted) listener.onClose(code);
    });
    // Without a listener some implementations throw; the close that follows says all there is.
    socket.addEventListener('error', () => undefined);
    // The socket is left to itself then: closing a dead one takes minutes.
    signal.addEventListener('abort', () => socket.close(), { once: true });
    return {
      send(data) {
        if (socket.readyState !== OPEN) return false;
        socket.send(data);
        return true;
      },
    };
  };
}
