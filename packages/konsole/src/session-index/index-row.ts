import { HoldReason, isRecord, SessionRecord, type SessionSnapshot } from '@konui/protocol';
import { z } from 'zod';
import type { HistoryState } from '../history-state.ts';
import type { IndexedSession, SessionSummary } from '../session-summary.ts';
import type { FileMarks } from './file-marks.ts';

export interface MarkedSession extends IndexedSession {
  /** What the files looked like when they were folded. */
  readonly marks: FileMarks;
}

const Summary: z.ZodType<SessionSummary> = z.object({
  lastSeq: z.int(),
  epoch: z.string().nullable(),
  knownSeq: z.int(),
  updatedAt: z.string().nullable(),
  title: z.string().nullable(),
  run: z.object({ runId: z.string(), startedAt: z.string(), isStopping: z.boolean() }).nullable(),
  lastRun: z.object({ stopReason: z.string(), success: z.boolean(), aborted: z.boolean() }).nullable(),
  pendingPermissions: z.int(),
  pendingElicitations: z.int(),
  queuedPrompts: z.int(),
  queueHold: z.nullable(HoldReason),
  hasNextPrompt: z.boolean(),
  limit: z.object({ at: z.string(), resetsAt: z.string().nullable(), isTakenOver: z.boolean() }).nullable(),
  unansweredCommands: z.int(),
});

const Marks: z.ZodType<FileMarks> = z.object({
  recordMtimeMs: z.number(),
  logBytes: z.number(),
  logMtimeMs: z.number(),
  inboxBytes: z.number(),
  inboxMtimeMs: z.number(),
});

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: String(error) });
    return z.NEVER;
  }
});

const IndexRow = z.object({ record: json.pipe(SessionRecord), summary: json.pipe(Summary), marks: json.pipe(Marks) });

const History: z.ZodType<HistoryState> = z.object({
  epoch: z.string().nullable(),
  lastSeq: z.int(),
  state: z.custom<SessionSnapshot>(isRecord),
  openToolCalls: z.array(z.string()),
  landmarks: z.array(z.int()),
});

const HistoryRow = z.object({ history: json.pipe(History) });

/** Undefined where there is none, or one of another shape. */
export function parseHistoryState(row: unknown): HistoryState | undefined {
  return HistoryRow.safeParse(row).data?.history;
}

/** A row of the index; undefined for one that does not parse, which is then read from its files again. */
export function parseIndexRow(row: unknown): MarkedSession | undefined {
  return IndexRow.safeParse(row).data;
}
