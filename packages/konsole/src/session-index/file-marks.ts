import { statSync } from 'node:fs';
import type { SessionPaths } from '@konui/protocol';

/** Sizes and times by which one sees whether a session's files have changed. */
export interface FileMarks {
  readonly recordMtimeMs: number;
  readonly logBytes: number;
  readonly logMtimeMs: number;
  readonly inboxBytes: number;
  readonly inboxMtimeMs: number;
}

export function readFileMarks(files: SessionPaths): FileMarks {
  const [record, log, inbox] = [files.session, files.log, files.inbox].map((path) =>
    statSync(path, { throwIfNoEntry: false }),
  );
  return {
    recordMtimeMs: record?.mtimeMs ?? 0,
    logBytes: log?.size ?? 0,
    logMtimeMs: log?.mtimeMs ?? 0,
    inboxBytes: inbox?.size ?? 0,
    inboxMtimeMs: inbox?.mtimeMs ?? 0,
  };
}

export function areSameMarks(one: FileMarks, other: FileMarks): boolean {
  return (
    one.recordMtimeMs === other.recordMtimeMs &&
    one.logBytes === other.logBytes &&
    one.logMtimeMs === other.logMtimeMs &&
    one.inboxBytes === other.inboxBytes &&
    one.inboxMtimeMs === other.inboxMtimeMs
  );
}
