import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type EventBody, openEventLog, readBootId } from '@konui/log';
import { type Pace, paced } from './paced.ts';
import { readBytesWritten } from './process-counters.ts';
import { median } from './quantiles.ts';
import { atMost, formatMs, formatNumber, formatRatio, type Report, type Row } from './report.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const EVENTS = 50_000;
const ROUNDS = 5;
const SESSION_ID = '6c2b1f0e-6d4f-4b57-9a44-2f5d1b7f8a10';
const TEXT = 'The quick brown fox jumps over the lazy dog while the build is running; '.repeat(3).slice(0, 120);
const MAX_BYTES_PER_PAYLOAD = 1.5;
const PACE: Pace = { everyMs: 1, ticks: 4000 };
const EVENTS_PER_TICK = 10;
const STALL_MS = 5;

/** An agent's chunk as the runner hands it to the log: a line of about 330 bytes. */
const body = (at: number): EventBody => ({
  kind: 'agent_message_chunk',
  content: { type: 'text', text: `${at} ${TEXT}` },
  messageId: '0f3c7d52-5b1e-4d0b-8a43-0d5b7f1d2c11',
});

/** Appending to a session's log: the event log of the runner beside nothing but `write(2)` of lines made before. */
export async function measureAppend(): Promise<Report> {
  using folder = makeTemporaryFolder();
  const rows: Row[] = [];
  for (const perTurn of [1, 10, 100]) {
    const floors: number[] = [];
    const ours: number[] = [];
    let bytes = 0;
    for (let round = 0; round < ROUNDS; round++) {
      floors.push(writeBare(join(folder.path, `bare-${perTurn}-${round}`), perTurn));
      const measured = await appendToLog(join(folder.path, `log-${perTurn}-${round}`), perTurn);
      ours.push(measured.perSecond);
      bytes = measured.bytesPerPayload;
    }
    const [floor, own] = [median(floors), median(ours)];
    rows.push({
      what: `${perTurn} per write`,
      floor: `${formatNumber(floor)}/s`,
      ours: `${formatNumber(own)}/s`,
      ratio: formatRatio(own / floor),
      goal: '',
    });
    if (perTurn === 1) rows.unshift(toBytesRow(bytes));
  }
  const stalls = await countStalls(folder.path);
  rows.push({
    what: `10,000 events/s: writes that took over ${STALL_MS} ms; longest`,
    floor: `${stalls.floor.count}; ${formatMs(stalls.floor.longestMs)}`,
    ours: `${stalls.ours.count}; ${formatMs(stalls.ours.longestMs)}`,
    ratio: formatRatio(stalls.ours.longestMs / stalls.floor.longestMs),
    goal: atMost(stalls.ours.count, 0, ''),
  });
  return {
    title: 'Append: events into the log',
    about:
      'Floor: `writeSync` of lines that were serialised before. Ours: `openEventLog` of packages/log, which serialises each event, numbers and dates it, and writes at the end of the turn.',
    rows,
    notes: [
      `${EVENTS.toLocaleString('en')} events a round, ${ROUNDS} rounds, medians. Bytes written are the kernel’s count (/proc/self/io, wchar) over the size of the lines.`,
    ],
  };
}

function toBytesRow(bytesPerPayload: number): Row {
  const goal = atMost(bytesPerPayload, MAX_BYTES_PER_PAYLOAD, '×');
  return {
    what: 'bytes written per byte of lines',
    floor: '1.00×',
    ours: formatRatio(bytesPerPayload),
    ratio: formatRatio(bytesPerPayload),
    goal,
  };
}

interface Stalls {
  count: number;
  longestMs: number;
}

/** The log, which also syncs once a second, and a bare file in the same process: what the machine does meets both. */
async function countStalls(folder: string): Promise<{ floor: Stalls; ours: Stalls }> {
  const log = openEventLog({
    path: join(folder, 'stalls.ndjson'),
    sessionId: SESSION_ID,
    bootId: readBootId(),
    reserveBytes: 0,
  });
  const file = openSync(join(folder, 'stalls-bare'), 'a');
  const lines = Buffer.alloc(EVENTS_PER_TICK * JSON.stringify(body(0)).length, 'a');
  const stalls = { floor: { count: 0, longestMs: 0 }, ours: { count: 0, longestMs: 0 } };
  const time = (into: Stalls, write: () => void): void => {
    const start = performance.now();
    write();
    const ms = performance.now() - start;
    if (ms > STALL_MS) into.count++;
    into.longestMs = Math.max(into.longestMs, ms);
  };
  await paced(PACE, () => {
    time(stalls.floor, () => writeSync(file, lines));
    time(stalls.ours, () => {
      for (let at = 0; at < EVENTS_PER_TICK; at++) log.append(body(at));
      log.flush();
    });
  });
  log.close();
  closeSync(file);
  return stalls;
}

function writeBare(path: string, perTurn: number): number {
  const at = new Date().toISOString();
  const head = (seq: number): string => `{"seq":${seq},"sessionId":"${SESSION_ID}","at":"${at}",`;
  const writes: Buffer[] = [];
  for (let seq = 1; seq <= EVENTS; seq += perTurn) {
    const lines = Array.from(
      { length: perTurn },
      (_, index) => `${head(seq + index)}${JSON.stringify(body(seq + index)).slice(1)}\n`,
    );
    writes.push(Buffer.from(lines.join('')));
  }
  const file = openSync(path, 'a');
  const start = performance.now();
  for (const write of writes) writeSync(file, write);
  const seconds = (performance.now() - start) / 1000;
  closeSync(file);
  return EVENTS / seconds;
}

async function appendToLog(folder: string, perTurn: number): Promise<{ perSecond: number; bytesPerPayload: number }> {
  const path = `${folder}.ndjson`;
  const log = openEventLog({ path, sessionId: SESSION_ID, bootId: readBootId(), reserveBytes: 0 });
  const before = { size: statSync(path).size, written: readBytesWritten() };
  const start = performance.now();
  for (let at = 1; at <= EVENTS; at++) {
    log.append(body(at));
    if (at % perTurn === 0) log.flush();
  }
  const seconds = (performance.now() - start) / 1000;
  const written = readBytesWritten() - before.written;
  const bytesPerPayload = written / (statSync(path).size - before.size);
  log.close();
  await nextTurn();
  return { perSecond: EVENTS / seconds, bytesPerPayload };
}
