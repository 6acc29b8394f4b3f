import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hasCode, identifyProcess, isAlive } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** Tells other processes that this one is at work, in a file; returns how to take that back. */
export function writeIdentity(file: string): () => void {
  writeFileSync(file, JSON.stringify(identifyProcess(process.pid)), { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

/** The process that a file names, if it lives: one that was killed leaves its file behind. */
export function findLiving(file: string): ProcessIdentity | undefined {
  const identity = readIdentity(file);
  return identity !== undefined && isAlive(identity) ? identity : undefined;
}

function readIdentity(file: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('pid' in value) || !('startTime' in value) || !('bootId' in value)) return undefined;
    const { pid, startTime, bootId } = value;
    if (typeof pid !== 'number' || typeof startTime !== 'string' || typeof bootId !== 'string') return undefined;
    return { pid, startTime, bootId };
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR') || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
