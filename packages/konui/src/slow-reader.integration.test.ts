import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, SessionId } from '@konui/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { EndlessHost } from './test-support/endless-host.ts';
import { GatewayProcess } from './test-support/gateway-process.ts';

/** Events of 100 kB: so many are read before the memory is first looked at, and so many more go unread. */
const WARM_UP = 500;
const UNREAD = 4200;
const BURST = 20;
/** What the garbage collector leaves lying about. 4200 events, buffered, would be a ratio of 5 and more. */
const MOST_GROWTH = 1.4;

let home: string;
let host: EndlessHost;
let gateway: GatewayProcess;
let readers: Reader[];
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'konui-test-'));
  mkdirSync(join(home, 'run'));
  readers = [];
  host = new EndlessHost(newId(SessionId));
  await host.start(join(home, 'run', 'konsole.sock'));
  gateway = new GatewayProcess(home);
  await gateway.record();
});
afterEach(async () => {
  for (const { socket } of readers) socket.terminate();
  await gateway.end('SIGKILL');
  await host.close();
  rmSync(home, { recursive: true, force: true });
});

/** A client that compares every event with the log, byte for byte, and keeps none. */
class Reader {
  readonly socket: WebSocket;
  seq = 0;
  readonly wrong: number[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(url: string) {
    this.socket = new WebSocket(url);
    this.socket.on('message', (frame: Buffer) => {
      if (frame.includes('"kind":"server_hello"')) {
        const sessions = [{ sessionId: host.sessionId, lastSeq: 0 }];
        this.socket.send(JSON.stringify({ type: 'chat.subscribe', sessions }));
      }
      if (!frame.subarray(0, 7).equals(Buffer.from('{"seq":'))) return;
      this.seq += 1;
      if (!frame.equals(host.line(this.seq))) this.wrong.push(this.seq);
      for (const wake of this.#waiting) wake();
    });
  }

  async until(seq: number): Promise<void> {
    while (this.seq < seq) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }
}

async function connect(): Promise<Reader> {
  const { url } = await gateway.record();
  const reader = new Reader(`${url.replace('http', 'ws')}/ws?token=${gateway.token()}`);
  readers.push(reader);
  await reader.until(1);
  return reader;
}

function residentBytes(): number {
  const status = readFileSync(`/proc/${gateway.child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

it('[GW7] keeps its memory flat with 420 MB unread by one socket, and catches it up byte for byte', async () => {
  const [slow, quick] = [await connect(), await connect()];
  const growBy = async (count: number): Promise<void> => {
    for (const end = quick.seq + count; quick.seq < end;) {
      const next = Math.min(quick.seq + BURST, end);
      host.growTo(next);
      await quick.until(next);
      // It lives, but does not read.
      slow.socket.send('{"type":"ping"}');
    }
  };
  slow.socket.pause();
  await growBy(WARM_UP);
  const before = residentBytes();
  await growBy(UNREAD);
  const growth = residentBytes() / before;
  const unread = quick.seq - slow.seq;
  slow.socket.resume();
  await slow.until(quick.seq);
  host.growTo(quick.seq + 1);
  await Promise.all([slow.until(1 + WARM_UP + UNREAD + 1), quick.until(1 + WARM_UP + UNREAD + 1)]);
  expect(unread).toBeGreaterThan(UNREAD);
  expect(growth).toBeLessThan(MOST_GROWTH);
  expect([slow.wrong, quick.wrong]).toEqual([[], []]);
  expect(slow.seq).toBe(quick.seq);
}, 300_000);
