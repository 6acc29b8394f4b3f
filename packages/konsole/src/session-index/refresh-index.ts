import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { iterateEvents, readInbox } from '@konui/log';
import {
  createSessionState,
  type HomePaths,
  isSessionEvent,
  reduceSession,
  SessionId,
  SessionRecord,
  sessionPaths,
  type SessionPaths,
} from '@konui/protocol';
import { type HistoryState, toHistoryState } from '../history-state.ts';
import { Landmarks } from '../landmarks.ts';
import { toSessionSummary, type SessionSummary } from '../session-summary.ts';
import { areSameMarks, readFileMarks } from './file-marks.ts';
import type { SessionIndex } from './session-index.ts';

export interface RefreshIndexOptions {
  readonly paths: HomePaths;
  readonly index: SessionIndex;
  readonly onWarning: (message: string, fields?: object) => void;
}

/** Makes the index say what the files say: folds what changed since, drops what is gone. Resolves to how many were folded. */
export async function refreshIndex({ paths, index, onWarning }: RefreshIndexOptions): Promise<number> {
  const gone = new Set(index.sessionIds());
  let folded = 0;
  for (const name of readdirSync(paths.sessions)) {
    const sessionId = SessionId.safeParse(name).data;
    if (sessionId === undefined) continue;
    const files = sessionPaths(paths, sessionId);
    // Read first: what is written while the log is folded makes the marks differ at the next start.
    const marks = readFileMarks(files);
    const known = index.marksOf(sessionId);
    if (known !== undefined && areSameMarks(known, marks)) {
      gone.delete(name);
      continue;
    }
    try {
      const record = readRecord(files);
      const { summary, history } = foldFiles(files, index.get(sessionId)?.summary);
      index.putMarked({ record, summary, marks }, history);
      gone.delete(name);
      folded++;
    } catch (error) {
      onWarning('a session is left out of the list, because its files cannot be read', { sessionId, err: error });
    }
    await nextTurn();
  }
  for (const sessionId of gone) index.remove(sessionId);
  return folded;
}

function readRecord(files: SessionPaths): SessionRecord {
  return SessionRecord.parse(JSON.parse(readFileSync(files.session, 'utf8')));
}

function foldFiles(
  files: SessionPaths,
  known: SessionSummary | undefined,
): { summary: SessionSummary; history: HistoryState } {
  const state = createSessionState();
  const landmarks = new Landmarks();
  for (const event of iterateEvents(files.log)) {
    if (!isSessionEvent(event)) continue;
    reduceSession(state, event);
    landmarks.apply(event);
  }
  const unanswered = new Set<string>();
  for (const command of readInbox(files.inbox, 0).commands) {
    if ('commandId' in command && typeof command.commandId === 'string' && !state.answered.has(command.commandId)) {
      unanswered.add(command.commandId);
    }
  }
  return {
    summary: toSessionSummary(state, unanswered.size, known),
    history: toHistoryState(state, landmarks),
  };
}
