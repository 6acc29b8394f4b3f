import { isRecord } from '@konui/protocol';
import type { BoundSession } from '../access/access.ts';

export type Sees = (session: BoundSession) => boolean;
/** Cuts an answer down to the sessions that somebody sees. */
export type KeepVisible = (answer: unknown, sees: Sees) => unknown;

export const keepSessions: KeepVisible = (answer, sees) => ({ sessions: visibleRows(answer, 'sessions', sees) });

export const keepReadMarks: KeepVisible = (answer, sees) => {
  const marks = isRecord(answer) && isRecord(answer['readMarks']) ? answer['readMarks'] : {};
  return { readMarks: Object.fromEntries(Object.entries(marks).filter(([sessionId]) => sees({ sessionId }))) };
};

/** The rows of a list in an answer that are of sessions that somebody sees. */
export function visibleRows(answer: unknown, name: string, sees: Sees): unknown[] {
  const rows = isRecord(answer) && Array.isArray(answer[name]) ? answer[name] : [];
  return rows.filter((row: unknown) => {
    if (!isRecord(row) || typeof row['sessionId'] !== 'string') return false;
    const projectPath = typeof row['projectPath'] === 'string' ? row['projectPath'] : undefined;
    return sees({ sessionId: row['sessionId'], projectPath });
  });
}
