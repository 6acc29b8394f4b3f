import { mkdirSync, writeFileSync } from 'node:fs';
import { type HomePaths, type SessionId, type SessionPaths, sessionPaths, type SessionRecord } from '@konui/protocol';

/** Writes what the host keeps of a session beside its log, for a log that is written without one. */
export function writeSessionRecord(paths: HomePaths, sessionId: SessionId): SessionPaths {
  const files = sessionPaths(paths, sessionId);
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  const record: Omit<SessionRecord, 'provider'> & { provider: string } = {
    sessionId,
    provider: 'demo',
    projectPath: paths.home,
    title: 'A long session',
    createdAt: new Date().toISOString(),
    archived: false,
    deleted: false,
    resumeAfterLimit: false,
  };
  writeFileSync(files.session, JSON.stringify(record));
  return files;
}
