import fs from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FILE_MODE, syncFolder } from './durable-file.ts';
import { errnoOf } from './storage-error.ts';

export interface Lock {
  release(): void;
}

/**
 * Takes a lock that ends with this process, however that ends; undefined if another holds it, also if that one is
 * stopped. Creates the file (mode 0600) and never deletes it. No other code may open the file: closing any descriptor
 * of it drops the POSIX lock (sqlite.org/howtocorrupt.html, section 2.2).
 */
export function acquireLock(file: string): Lock | undefined {
  createOnce(file);
  for (let attempt = 1; ; attempt++) {
    const database = open(file, 'BEGIN EXCLUSIVE');
    if (database !== undefined) return hold(database);
    if (attempt === ATTEMPTS) return undefined;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PROBE_MS);
  }
}

/** Tells whether a process, this one included, holds the lock; a missing file is not locked. */
export function isLocked(file: string): boolean {
  if (!fs.existsSync(file)) return false;
  const database = open(file, 'BEGIN; SELECT 1 FROM sqlite_schema');
  database?.close();
  return database === undefined;
}

function hold(database: DatabaseSync): Lock {
  const release = () => {
    process.off('exit', release);
    if (database.isOpen) database.close();
  };
  // Without a reference from outside, a collected Lock would close its database and so give the lock away.
  process.once('exit', release);
  return { release };
}

function open(file: string, statement: string): DatabaseSync | undefined {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec(statement);
    return database;
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

function createOnce(file: string): void {
  try {
    // Exclusive creation never opens an existing file, so that closing the descriptor cannot drop a lock.
    fs.closeSync(fs.openSync(file, 'wx', FILE_MODE));
    syncFolder(path.dirname(file));
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
}

function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    (error.errcode & 0xff) === SQLITE_BUSY
  );
}

const SQLITE_BUSY = 5;
// A refusal may be due to `isLocked` elsewhere, which holds a shared lock for some microseconds.
const ATTEMPTS = 3;
const PROBE_MS = 2;
