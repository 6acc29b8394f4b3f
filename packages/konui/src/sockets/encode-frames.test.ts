import { once } from 'node:events';
import { createServer } from 'node:net';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { binaryHeader, encodeFrames } from './encode-frames.ts';

it('encodes frames that a WebSocket client reads as the same messages, at every length of the header', async () => {
  const texts = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000].map((length) => 'x'.repeat(length)).concat('grüße 🎉');
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (request) => {
      const key = /sec-websocket-key: (.+)\r\n/i.exec(request.toString('latin1'))?.[1] ?? '';
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
      socket.write(encodeFrames(texts.map((text) => Buffer.from(text))).bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const client = new WebSocket(`ws://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  const received: string[] = [];
  await new Promise<void>((resolve, reject) => {
    client.on('error', reject);
    client.on('message', (data: Buffer, isBinary) => {
      expect(isBinary).toBe(false);
      received.push(data.toString());
      if (received.length === texts.length) resolve();
    });
  });
  client.terminate();
  server.close();
  expect(received).toEqual(texts);
});

it('says where each frame ends', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (payloads) => {
      const { bytes, ends } = encodeFrames(payloads.map((payload) => Buffer.from(payload)));
      payloads.forEach((payload, index) => {
        const frame = bytes.subarray(ends[index - 1] ?? 0, ends[index]);
        expect(frame[0]).toBe(0x81);
        expect([...frame.subarray(frame.length - payload.length)]).toEqual([...payload]);
      });
      expect(ends.at(-1) ?? 0).toBe(bytes.length);
    }),
  );
});

it('says of binary frames how long they are, at every length of the header', () => {
  const headers = [0, 125, 126, 65_535, 65_536].map((length) => [...binaryHeader(length)]);
  expect(headers).toEqual([
    [0x82, 0],
    [0x82, 125],
    [0x82, 126, 0, 126],
    [0x82, 126, 0xff, 0xff],
    [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0],
  ]);
});
