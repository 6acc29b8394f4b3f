import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { onTestFinished } from 'vitest';
import type { EventBody } from './event-line.ts';
import { type EventLog, openEventLog, type OpenLogOptions } from './event-log.ts';

export const SESSION_ID = 'session-1';
export const BOOT_ID = 'boot-1';

/** A folder that is gone when the test is. */
export function makeFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'konui-log-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function openTestLog(file: string, options: Partial<OpenLogOptions> = {}): EventLog {
  return openEventLog({ path: file, sessionId: SESSION_ID, bootId: BOOT_ID, reserveBytes: 0, ...options });
}

/** Writes a log of `count` events, the opening one included, and closes it. */
export function writeLog(file: string, count: number): Buffer {
  const log = openTestLog(file);
  while (log.lastSeq < count) log.append({ kind: 'status', state: `number ${log.lastSeq + 1}` });
  log.close();
  return fs.readFileSync(file);
}

export function parseLines(bytes: Buffer): { seq: number; kind: string; [field: string]: unknown }[] {
  return bytes
    .toString()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

/** Events with all that may stand in a string, among them some longer than the blocks that readers read. */
export const eventBody: fc.Arbitrary<EventBody> = fc
  .record({
    kind: fc.constantFrom('agent_message_chunk', 'status', 'unheard_of'),
    text: fc.oneof(
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
      fc.integer({ min: 1, max: 40_000 }).map((length) => 'é'.repeat(length)),
      fc.constant('{"seq":7,"sessionId":"x"}\r\n{"seq":8,'),
    ),
    extra: fc.option(
      fc.dictionary(fc.constantFrom('seq', 'sessionId', 'at', '0', '__proto__', 'more'), fc.jsonValue()),
    ),
  })
  .map(({ kind, text, extra }) => ({ ...extra, kind, text }));
