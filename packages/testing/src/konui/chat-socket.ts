import { WebSocket } from 'ws';

export type Frame = { readonly kind: string; readonly [field: string]: unknown };

/** A bare client of `/ws`, without the SDK's repairs: it records what really came. */
export type ChatSocket = {
  /** Frames as they came, as text. */
  raw: string[];
  frames: Frame[];
  /** The events of one session, as text. */
  eventsOf(sessionId: string): string[];
  send(frame: object | string): void;
  /** Resolves with the first frame, past or future, for which `matches` holds; rejects when the socket closes before. */
  until(matches: (frame: Frame) => boolean): Promise<Frame>;
  /** The code that the socket was closed with. */
  closed: Promise<number>;
  close(): void;
};

/** Opens `/ws` of a gateway with its token and resolves when the first frame is there. */
export async function openChatSocket(url: string, token: string): Promise<ChatSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`, { headers: { authorization: `Bearer ${token}` } });
  const raw: string[] = [];
  const frames: Frame[] = [];
  const checks = new Set<() => void>();
  const refusals = new Set<(error: Error) => void>();
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    raw.push(text);
    frames.push(JSON.parse(text) as Frame);
    for (const check of checks) check();
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.once('close', (code) => {
    for (const refuse of refusals) refuse(new Error(`the socket was closed with ${code}`));
  });
  await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('error', () => undefined);

  const until: ChatSocket['until'] = (matches) =>
    new Promise((resolve, reject) => {
      let checked = 0;
      const check = (): void => {
        for (; checked < frames.length; checked++) {
          const frame = frames[checked];
          if (frame === undefined || !matches(frame)) continue;
          checks.delete(check);
          refusals.delete(reject);
          resolve(frame);
          return;
        }
      };
      checks.add(check);
      refusals.add(reject);
      check();
    });
  await until((frame) => frame.kind === 'server_hello');
  return {
    raw,
    frames,
    eventsOf: (sessionId) =>
      raw.filter((_, index) => frames[index]?.['sessionId'] === sessionId && typeof frames[index]?.['at'] === 'string'),
    send: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    until,
    closed,
    close: () => socket.close(),
  };
}
