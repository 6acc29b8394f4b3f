import { createServer, get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { followLog, openLogReader } from '@konui/log';
import { createSessionState, LIMITS, parseSessionEvent, reduceSession } from '@konui/protocol';
import { expect, it, onTestFinished } from 'vitest';
import { appendChunks, createTempHome, createTempSession, openTempLog } from '../testing/temp-home.ts';
import { EventStreams, type WatchListener } from './event-streams.ts';

const LINE_CHARS = 100_000;

/** A real log behind real streams over a real socket. */
async function createStreams() {
  const paths = createTempHome();
  const temp = createTempSession(paths);
  const log = openTempLog(temp);
  const state = createSessionState();
  const reader = openLogReader(temp.files.log);
  const listeners = new Set<WatchListener>();
  const arrivals = new Set<() => void>();
  const follower = followLog({
    path: temp.files.log,
    afterSeq: 0,
    onPage(page) {
      for (const line of page.bytes.toString().split('\n')) {
        const event = parseSessionEvent(line);
        if (event !== undefined) reduceSession(state, event);
      }
      for (const listener of listeners) listener.onPage(page);
      for (const arrive of arrivals) arrive();
    },
  });
  let watches = 0;
  let mostBuffered = 0;
  const streams = new EventStreams(async (_sessionId, listener) => {
    watches++;
    listeners.add(listener);
    return {
      get lastSeq() {
        return state.lastSeq;
      },
      get epochs() {
        return state.epochs;
      },
      readAfter: (seq, limits) => reader.readAfter(seq, limits),
      close() {
        watches--;
        listeners.delete(listener);
      },
    };
  });
  const server = createServer((request, response) => {
    const cursor = JSON.parse(decodeURIComponent(request.url?.slice(1) ?? ''));
    const write = response.write.bind(response);
    response.write = (chunk: unknown) => {
      const isBelowMark = write(chunk);
      mostBuffered = Math.max(mostBuffered, response.writableLength);
      return isBelowMark;
    };
    void streams.open(temp.sessionId, cursor, response);
  });
  const socketPath = join(paths.socketFolder, 'test.sock');
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  onTestFinished(async () => {
    streams.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    follower.close();
    reader.close();
  });
  const connect = (cursor: { seq: number; epoch?: string }) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get({ socketPath, path: `/${encodeURIComponent(JSON.stringify(cursor))}` }, resolve).on('error', reject);
    });
  /** Resolves when all that the log holds has been followed. */
  const follow = () =>
    new Promise<void>((resolve) => {
      const arrive = () => {
        if (state.lastSeq < log.lastSeq) return;
        arrivals.delete(arrive);
        resolve();
      };
      arrivals.add(arrive);
      follower.poke();
      arrive();
    });
  return {
    follow,
    log,
    streams,
    connect,
    get watches() {
      return watches;
    },
    get mostBuffered() {
      return mostBuffered;
    },
  };
}

/** Reads until the text ends with the event of `seq`, and leaves the stream open. */
async function readUntil(response: IncomingMessage, epoch: string, seq: number): Promise<string> {
  const chunks: string[] = [];
  let tail = '\n';
  return new Promise((resolve) => {
    const onData = (chunk: string) => {
      chunks.push(chunk);
      tail = (tail + chunk).slice(-2 * LINE_CHARS);
      const lastEvent = tail.slice(tail.lastIndexOf('\nid: '));
      if (!lastEvent.startsWith(`\nid: ${epoch}:${seq}\n`) || !lastEvent.endsWith('\n\n')) return;
      response.off('data', onData);
      resolve(chunks.join(''));
    };
    response.setEncoding('utf8').on('data', onData).resume();
  });
}

const idsOf = (text: string) => [...text.matchAll(/^id: .*:(\d+)$/gm)].map((match) => Number(match[1]));
const openedOf = (text: string) => JSON.parse(/^event: opened\ndata: (.*)\n\n/.exec(text)?.[1] ?? '');

it('[HOST4] begins with the verdict, then sends every event after the cursor and what follows', async () => {
  const host = await createStreams();
  appendChunks(host.log, 9);
  await host.follow();
  const { epoch } = host.log;
  const response = await host.connect({ seq: 4, epoch });
  const first = await readUntil(response, epoch, 10);
  expect(openedOf(first)).toMatchObject({ epoch, lastSeq: 10, cursor: 'ok' });
  expect(idsOf(first)).toEqual([5, 6, 7, 8, 9, 10]);
  const next = readUntil(response, epoch, 12);
  appendChunks(host.log, 2);
  await host.follow();
  expect(idsOf(await next)).toEqual([11, 12]);
});

it.each([
  [{ seq: 99 }, 'ahead'],
  [{ seq: 3, epoch: 'gone' }, 'epoch_gone'],
])('[HOST4] a cursor %j gets the verdict %s and everything from the first event', async (cursor, verdict) => {
  const host = await createStreams();
  appendChunks(host.log, 4);
  await host.follow();
  const text = await readUntil(await host.connect(cursor), host.log.epoch, 5);
  expect(openedOf(text).cursor).toBe(verdict);
  expect(idsOf(text)).toEqual([1, 2, 3, 4, 5]);
});

it('[HOST4] gives two readers the same bytes, wherever they begin', async () => {
  const host = await createStreams();
  const { epoch } = host.log;
  appendChunks(host.log, 100);
  await host.follow();
  const early = readUntil(await host.connect({ seq: 0 }), epoch, 301);
  appendChunks(host.log, 100);
  await host.follow();
  const late = readUntil(await host.connect({ seq: 0 }), epoch, 301);
  appendChunks(host.log, 100);
  await host.follow();
  const [one, other] = [await early, await late].map((text) => text.slice(text.indexOf('id: ')));
  expect(one).toBe(other);
  expect(idsOf(one ?? '')).toHaveLength(301);
});

it('keeps nothing for a slow reader beyond its limit, and brings it all the events later', async () => {
  const host = await createStreams();
  const { epoch } = host.log;
  const slow = await host.connect({ seq: 0 });
  const fast = readUntil(await host.connect({ seq: 0 }), epoch, 121);
  slow.pause();
  const text = 'x'.repeat(LINE_CHARS);
  for (let turn = 0; turn < 12; turn++) {
    appendChunks(host.log, 10, text);
    await host.follow();
  }
  expect(idsOf(await fast)).toHaveLength(121);
  // 12 MB went by: the limit and one page of each reader at most.
  expect(host.mostBuffered).toBeLessThan(LIMITS.maxBufferedBytes + 1_000_000 + 300_000);
  const caughtUp = await readUntil(slow, epoch, 121);
  expect(idsOf(caughtUp)).toEqual(Array.from({ length: 121 }, (_, index) => index + 1));
});

it('lets go of a session when its reader leaves', async () => {
  const host = await createStreams();
  const response = await host.connect({ seq: 0 });
  expect(host.watches).toBe(1);
  const gone = new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (host.watches > 0) return;
      clearInterval(look);
      resolve();
    }, 5);
  });
  response.destroy();
  await gone;
});

it('ends every stream when it is closed', async () => {
  const host = await createStreams();
  const response = await host.connect({ seq: 0 });
  const ended = new Promise((resolve) => response.on('end', resolve).resume());
  host.streams.close();
  await expect(ended).resolves.toBeUndefined();
});
