import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventLog, openEventLog } from '@konui/log';
import {
  homePaths,
  type HomePaths,
  newId,
  Provider,
  SessionId,
  type SessionPaths,
  sessionPaths,
  type SessionRecord,
} from '@konui/protocol';
import { onTestFinished } from 'vitest';

/** The paths of a home of its own for one test, whose folders exist. */
export function createTempHome(home = mkdtempSync(join(tmpdir(), 'konui-'))): HomePaths {
  const paths = homePaths(home, { uid: process.getuid?.() ?? 0 });
  onTestFinished(() => {
    for (const folder of [home, paths.socketFolder]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  for (const folder of [paths.sessions, paths.trash, paths.socketFolder]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  return paths;
}

export interface TempSession {
  readonly sessionId: SessionId;
  readonly files: SessionPaths;
  readonly record: SessionRecord;
}

/** A session's folder with its session.json. */
export function createTempSession(paths: HomePaths): TempSession {
  const sessionId = newId(SessionId);
  const files = sessionPaths(paths, sessionId);
  mkdirSync(files.folder, { mode: 0o700 });
  const record: SessionRecord = {
    sessionId,
    provider: Provider.parse('demo'),
    projectPath: paths.home,
    title: null,
    createdAt: '2026-01-08T13:11:00.000Z',
    archived: false,
    deleted: false,
    resumeAfterLimit: false,
  };
  writeFileSync(files.session, JSON.stringify(record));
  return { sessionId, files, record };
}

/** The session's log, opened as its runner would. */
export function openTempLog({ sessionId, files }: TempSession, bootId = 'boot-1'): EventLog {
  const log = openEventLog({ path: files.log, sessionId, bootId, reserveBytes: 0 });
  onTestFinished(() => log.close());
  return log;
}

export function appendChunks(log: EventLog, count: number, text = 'word'): void {
  for (let n = 1; n <= count; n++) {
    log.append({ kind: 'agent_message_chunk', content: { type: 'text', text: `${text} ${n}` } });
  }
  log.flush();
}
