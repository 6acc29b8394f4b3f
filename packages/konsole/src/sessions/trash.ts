import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolder, writeFileAtomically } from '@konui/log';
import { AgentRecord, type HomePaths, type SessionId, type SessionRecord, sessionPaths } from '@konui/protocol';

/** Whether the session was moved to the trash, also when its folder there has been emptied since. */
export function isInTrash(paths: HomePaths, sessionId: SessionId): boolean {
  return existsSync(tombstonePath(paths, sessionId)) || existsSync(join(paths.trash, sessionId));
}

/**
 * Moves a session's folder to the trash. The caller holds the session's lock. What is left for ever is a small
 * tombstone: by it the session's id stays used, and the agent's own copy of the conversation is not taken for a new one.
 */
export function moveToTrash(paths: HomePaths, { sessionId, provider, projectPath }: SessionRecord): void {
  const files = sessionPaths(paths, sessionId);
  const agentSessionId = readAgentSessionId(files.agent);
  const tombstone = { sessionId, provider, projectPath, agentSessionId, deletedAt: new Date().toISOString() };
  mkdirSync(paths.trash, { recursive: true, mode: 0o700 });
  writeFileAtomically(tombstonePath(paths, sessionId), `${JSON.stringify(tombstone)}\n`);
  renameSync(files.folder, join(paths.trash, sessionId));
  syncFolder(paths.trash);
  syncFolder(dirname(files.folder));
  rmSync(files.socket, { force: true });
}

function tombstonePath(paths: HomePaths, sessionId: SessionId): string {
  return join(paths.trash, `${sessionId}.json`);
}

function readAgentSessionId(path: string): string | null {
  try {
    return AgentRecord.parse(JSON.parse(readFileSync(path, 'utf8'))).agentSessionId;
  } catch {
    // No agent was ever started, or a machine lost power while this was written: there is nothing to remember.
    return null;
  }
}
